import { describe, expect, it } from 'vitest';
import { readAuthorization } from '../../../main/servers/http/authorization.ts';
import { digestResponse } from '../../../main/servers/http/digest.ts';

describe('Digest', () => {
  /** RFC 7616 §3.9.1. */
  const rfc7616 = {
    user: 'Mufasa',
    password: 'Circle of Life',
    realm: 'http-auth@example.org',
    method: 'GET',
    uri: '/dir/index.html',
    nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
    qop: { nc: '00000001', cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ' },
  };

  it('gives the response of RFC 7616 §3.9.1 for MD5', () => {
    expect(digestResponse({ ...rfc7616, algorithm: 'MD5' })).toBe('8ca523f5e9506fed4657c9700eebdbec');
  });

  it('gives the response of RFC 7616 §3.9.1 for SHA-256', () => {
    expect(digestResponse({ ...rfc7616, algorithm: 'SHA-256' })).toBe('753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1');
  });

  it('gives the response of RFC 2617 §3.5', () => {
    const input = {
      algorithm: 'MD5', user: 'Mufasa', password: 'Circle Of Life', realm: 'testrealm@host.com', method: 'GET', uri: '/dir/index.html',
      nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093', qop: { nc: '00000001', cnonce: '0a4f113b' },
    } as const;
    expect(digestResponse(input)).toBe('6629fae49393a05397450978507c4ef1');
  });

  it('gives the response of RFC 2069 §2.4 (as corrected by its erratum 749), which counts nothing', () => {
    const input = {
      algorithm: 'MD5', user: 'Mufasa', password: 'CircleOfLife', realm: 'testrealm@host.com', method: 'GET', uri: '/dir/index.html',
      nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093', qop: null,
    } as const;
    expect(digestResponse(input)).toBe('1949323746fe6a43ef61f9606e7febea');
  });
});

describe('the Authorization header', () => {
  it('reads the header of RFC 7616 §3.9.1', () => {
    const header = `Digest username="Mufasa",
       realm="http-auth@example.org",
       uri="/dir/index.html",
       algorithm=SHA-256,
       nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
       nc=00000001,
       cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
       qop=auth,
       response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
       opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`;
    const found = readAuthorization(header);
    expect(found).toMatchObject({ scheme: 'Digest', user: 'Mufasa' });
    const fields = found?.scheme === 'Digest' ? Object.fromEntries(found.fields) : {};
    expect(fields).toMatchObject({ nc: '00000001', qop: 'auth', algorithm: 'SHA-256', uri: '/dir/index.html' });
  });

  it('reads the user of RFC 7617 §2 and of §2.1, which is not ASCII', () => {
    expect(readAuthorization('Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==')).toEqual({ scheme: 'Basic', user: 'Aladdin', password: 'open sesame' });
    expect(readAuthorization('Basic dGVzdDoxMjPCow==')).toEqual({ scheme: 'Basic', user: 'test', password: '123£' });
  });

  it('reads the extended user name of RFC 7616 §3.9.2', () => {
    expect(readAuthorization("Digest username*=UTF-8''J%C3%A4s%C3%B8n%20Doe, realm=\"api@example.org\"")).toMatchObject({ user: 'Jäsøn Doe' });
  });

  it('makes nothing of other schemes, repeated fields and broken base64', () => {
    for (const header of ['Bearer abc', 'Digest nc=1, nc=2', 'Digest username="open', 'Basic !!!', 'Basic YWJj', '']) {
      expect(readAuthorization(header)).toEqual({ scheme: 'other' });
    }
  });
});
