import { describe, expect, it } from 'vitest';
import { cutSentence } from '../../../../renderer/model/sentence-parts.ts';

describe('a sentence in two parts', () => {
  it('is cut after what happened, addresses left whole', () => {
    expect(cutSentence('in.tftpd (pid 612) holds port 69. Stop it, or set another port.')).toEqual({ what: 'in.tftpd (pid 612) holds port 69.', fix: 'Stop it, or set another port.' });
    expect(cutSentence('Another DHCP server answers here: 192.168.1.1. Unplug it.').what).toBe('Another DHCP server answers here: 192.168.1.1.');
    expect(cutSentence('Stopped by hand.')).toEqual({ what: 'Stopped by hand.', fix: '' });
  });
});
