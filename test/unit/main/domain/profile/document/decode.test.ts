import { describe, expect, it } from 'vitest';
import { decodeProfile, MAX_PROFILE_BYTES } from '../../../../../../main/domain/profile/document/decode.ts';

const bytes = (...parts: (string | number[])[]) => Buffer.concat(parts.map((part) => Buffer.from(part)));

describe('the bytes of a profile', () => {
  it('are UTF-8, and a byte order mark stays', () => {
    expect(decodeProfile(bytes('\uFEFF<a>Zoé 😀</a>'))).toEqual({ ok: true, value: '\uFEFF<a>Zoé 😀</a>' });
  });

  it.each([
    ['a Latin-1 é', bytes('<a>\nZo', [0xe9], '</a>'), { offset: 6, line: 2 }],
    ['an overlong slash', bytes('<', [0xc0, 0xaf]), { offset: 1, line: 1 }],
    ['a half surrogate', bytes([0xed, 0xa0, 0x80]), { offset: 0, line: 1 }],
    ['what lies beyond Unicode', bytes('ab', [0xf4, 0x90, 0x80, 0x80]), { offset: 2, line: 1 }],
    ['a character that is cut off', bytes('é', [0xe2, 0x82]), { offset: 2, line: 1 }],
  ])('%s is refused at its byte', (_, file, params) => {
    expect(decodeProfile(file)).toEqual({ ok: false, failure: { code: 'profile.not-utf8', params } });
  });

  it('a NUL is refused at its byte', () => {
    expect(decodeProfile(bytes('<a>', [0], '</a>'))).toEqual({ ok: false, failure: { code: 'profile.nul', params: { offset: 3 } } });
  });

  it.each([
    ['little-endian with a mark', Buffer.from('\uFEFF<a/>', 'utf16le')],
    ['big-endian with a mark', Buffer.from('\uFEFF<a/>', 'utf16le').swap16()],
    ['little-endian', Buffer.from('<a/>', 'utf16le')],
    ['big-endian', Buffer.from('<a/>', 'utf16le').swap16()],
  ])('UTF-16, %s, is called by its name', (_, file) => {
    expect(decodeProfile(file)).toMatchObject({ failure: { code: 'profile.utf16' } });
  });

  it('more than a profile may have is refused unread', () => {
    expect(decodeProfile(Buffer.alloc(MAX_PROFILE_BYTES + 1))).toMatchObject({ failure: { code: 'profile.too-large', params: { limit: MAX_PROFILE_BYTES } } });
    expect(decodeProfile(Buffer.alloc(MAX_PROFILE_BYTES, 0x20)).ok).toBe(true);
  });
});
