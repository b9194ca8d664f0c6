import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { answerPages, isOwnAddress, pageFile } from '../../../main/electron/app-page.ts';

const folder = mkdtempSync(join(tmpdir(), 'dialbench-pages-'));
const ui = join(folder, 'ui');
mkdirSync(join(ui, 'assets'), { recursive: true });
writeFileSync(join(ui, 'index.html'), '<!doctype html>');
writeFileSync(join(ui, 'assets/main.js'), 'export {};');
writeFileSync(join(folder, 'secret.json'), '{}');
symlinkSync('/etc/hostname', join(ui, 'outside'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the page of the window', () => {
  it('is served from its own folder with its type', async () => {
    const answer = await answerPages(ui)({ url: 'app://dialbench/assets/main.js', method: 'GET' });
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([200, 'text/javascript; charset=utf-8', 'export {};']);
  });

  it('is the index at the root, and has no body for HEAD', async () => {
    expect(await (await answerPages(ui)({ url: 'app://dialbench/', method: 'GET' })).text()).toBe('<!doctype html>');
    expect(await (await answerPages(ui)({ url: 'app://dialbench/', method: 'HEAD' })).text()).toBe('');
  });

  it.each([
    'app://dialbench/../secret.json',
    'app://dialbench/%2e%2e/secret.json',
    'app://dialbench/..%2fsecret.json',
    'app://dialbench/..%5csecret.json',
    'app://dialbench/%2e%2e%2f%2e%2e%2fetc/passwd',
    'app://dialbench/assets/%00.js',
    'app://dialbench/C:/secret.json',
    'app://dialbench/%zz.js',
    'app://dialbench/outside',
    'app://other/index.html',
    'app://user@dialbench/index.html',
    'http://dialbench/index.html',
    'file:///etc/passwd',
  ])('refuses %s', async (url) => {
    expect((await answerPages(ui)({ url, method: 'GET' })).status).toBe(404);
  });

  it('refuses every method that is not for reading', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) expect((await answerPages(ui)({ url: 'app://dialbench/', method })).status).toBe(405);
  });

  it('never reads outside its folder, whatever the path', () => {
    for (const path of ['../secret.json', '..%2f..%2fsecret.json', 'assets/..%2f..%2fsecret.json']) expect(pageFile(ui, `app://dialbench/${path}`)?.file ?? ui).toMatch(ui);
  });

  it('carries a policy without inline script, eval or any other origin on every answer', async () => {
    for (const url of ['app://dialbench/', 'app://dialbench/missing.js']) {
      const policy = (await answerPages(ui)({ url, method: 'GET' })).headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("connect-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/unsafe-eval|https?:|\*|script-src[^;]*unsafe-inline/);
    }
  });

  it('knows its own address from one that only begins like it', () => {
    expect(isOwnAddress('app://dialbench/index.html#bench')).toBe(true);
    for (const other of ['app://dialbench.example/', 'app://dialbench@evil/', 'https://dialbench/', 'javascript:alert(1)', 'app:dialbench', '']) expect(isOwnAddress(other)).toBe(false);
  });
});
