import { describe, expect, it } from 'vitest';
import { CommandEnd } from '../../../main/cli/exit.ts';
import { readFlags } from '../../../main/cli/flags.ts';
import { readServeOptions, readUi, SERVE_FLAGS } from '../../../main/cli/serve-options.ts';

const options = (...args: string[]) => readServeOptions(readFlags(args, SERVE_FLAGS));
const ui = (...args: string[]) => readUi(readFlags(args, SERVE_FLAGS));

describe('the flags of serve', () => {
  it('start the real ports on loopback, with DHCP off, when none is given', () => {
    expect(options()).toMatchObject({
      card: null, address: null, demo: false, adopt: null, tftpSinglePort: false,
      ports: { tftp: 69, http: 80, syslog: 514, https: 443, dns: 53, sntp: 123, cwmp: 'off' },
      dhcp: { start: false, pool: null, policy: 'phones', stopAfter: 120 },
    });
  });

  it('take every port, 0 for any free one, and off', () => {
    expect(options('--tftp', '0', '--http', '8080', '--syslog', 'off', '--https', 'off').ports).toMatchObject({
      tftp: 0, http: 8080, syslog: 'off', https: 'off',
    });
  });

  it('take a card with its pool, policy and timer', () => {
    expect(options('--dhcp', 'enp3s0', '--dhcp-pool', '10.20.0.101-10.20.0.200', '--dhcp-answer', 'enrolled', '--dhcp-stop-after', 'never')).toMatchObject({
      card: 'enp3s0',
      dhcp: { start: true, pool: { from: '10.20.0.101', to: '10.20.0.200' }, policy: 'enrolled', stopAfter: null },
    });
  });

  it.each([
    ['--tftp', '70000'], ['--http', 'x'], ['--https', '70000'], ['--cwmp', '7547'], ['--dhcp-pool', '10.0.0.1'],
    ['--dhcp-answer', 'everyone'], ['--dhcp-stop-after', '0'], ['--address', '0.0.0.0'], ['--adopt', 'some'], ['--nonsense', '1'],
  ])('refuse %s %s as wrong usage', (...args) => {
    expect(() => options(...args)).toThrow(CommandEnd);
    try {
      options(...args);
    } catch (error) {
      expect(error).toMatchObject({ exitCode: 2 });
    }
  });
});

describe('the address of the browser interface', () => {
  it('is loopback and any free port when none is given', () => {
    expect(ui()).toEqual({ address: '127.0.0.1', port: 0 });
    expect(ui('--ui', '8888')).toEqual({ address: '127.0.0.1', port: 8888 });
    expect(ui('--ui', 'localhost:8888')).toEqual({ address: '127.0.0.1', port: 8888 });
    expect(ui('--ui', 'off')).toBeNull();
  });

  it('leaves this computer only when that is said in so many words', () => {
    expect(() => ui('--ui', '10.20.0.1:8888')).toThrow(/--ui-insecure/);
    expect(ui('--ui', '10.20.0.1:8888', '--ui-insecure')).toEqual({ address: '10.20.0.1', port: 8888 });
  });
});
