import { expect, test, type Page } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dialbench } from '../bench-process.ts';
import { openBench, seededBench, type SeededBench } from './seeded-bench.ts';

export const editor = (page: Page) => page.getByRole('textbox', { name: 'Text of the template' });
export const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true });
export const findings = (page: Page) => page.getByRole('region', { name: 'Findings' });
export const preview = (page: Page) => page.getByRole('region', { name: 'Preview for' });

/** Before each test of the group a new bench, with its one template open in the page; it is stopped afterwards. */
export function withTemplateOpen(): { bench: SeededBench } {
  const scene = {} as { bench: SeededBench };
  test.beforeEach(async ({ page }) => {
    scene.bench = await seededBench();
    await openBench(page, scene.bench.url);
    await page.keyboard.press('2');
    await expect(editor(page)).toContainText('<flat-profile>');
    await expect(findings(page)).toBeVisible();
  });
  test.afterEach(async () => scene.bench.stop());
  return scene;
}

/** Types a line below the one that holds a text. */
export async function typeBelow(page: Page, text: string, line: string): Promise<void> {
  await goToLine(page, text);
  await page.keyboard.press('Enter');
  await page.keyboard.type(line);
}

/** What somebody else does at the command line meanwhile: the same text with a comment more. */
export async function savedBySomebodyElse(bench: SeededBench, ...more: readonly string[]): Promise<void> {
  const other = join(bench.folder, 'other.xml');
  await writeFile(other, (await stored(bench)).replace('</flat-profile>', '  <!-- theirs -->\n</flat-profile>'));
  expect((await dialbench('profiles', '--data', bench.folder, 'add', 'all', other, ...more)).code).toBe(0);
}

/** The stored text, as the command line shows it. */
export async function stored(bench: SeededBench, name = 'all'): Promise<string> {
  return (await dialbench('profiles', '--data', bench.folder, 'show', name)).stdout;
}

/** The cursor at the end of the line that holds a text, with the keyboard and the search of the editor. */
export async function goToLine(page: Page, text: string): Promise<void> {
  await editor(page).locator('.cm-line', { hasText: text }).click();
  await page.keyboard.press('End');
}

/** Tab takes what is offered; for a moment after a list opens it is a plain Tab, so that nobody takes what they have not seen. */
export async function accept(page: Page): Promise<void> {
  await page.waitForTimeout(150);
  await page.keyboard.press('Tab');
}

/** Esc leaves the text; the first one may be for a list of completions. */
export async function leave(page: Page): Promise<void> {
  const chooser = page.getByRole('button', { name: 'Template all, choose another' });
  await expect(async () => {
    if (await editor(page).evaluate((element) => element.matches(':focus'))) await page.keyboard.press('Escape');
    await expect(chooser).toBeFocused({ timeout: 500 });
  }).toPass();
}
