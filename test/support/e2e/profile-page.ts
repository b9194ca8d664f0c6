import { expect, type Page } from '@playwright/test';
import { dialbench } from '../bench-process.ts';
import type { SeededBench } from './seeded-bench.ts';

export const editor = (page: Page) => page.getByRole('textbox', { name: 'Text of the template' });
export const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true });
export const findings = (page: Page) => page.getByRole('region', { name: 'Findings' });
export const preview = (page: Page) => page.getByRole('region', { name: 'Preview for' });

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
