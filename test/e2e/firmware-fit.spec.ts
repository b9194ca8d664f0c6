import { expect, test, type Page } from '@playwright/test';
import { madeUpBench } from '../support/e2e/made-up-bench.ts';
import { openBench } from '../support/e2e/seeded-bench.ts';

let bench: Awaited<ReturnType<typeof madeUpBench>>;
test.afterEach(async () => bench.stop());

const SIZES = [[1180, 720], [1280, 800], [1920, 1080]] as const;

interface Cut {
  readonly text: string;
  /** It ends in three dots and is told whole to a pointer. */
  readonly told: boolean;
}

/** Text of a table that its cell does not show in one piece, as the browser drew it. */
function cutTexts(page: Page, rows: string): Promise<readonly Cut[]> {
  return page.locator(`${rows} [role="gridcell"]`).evaluateAll((cells) => cells.flatMap((cell) => {
    const { left, right } = cell.getBoundingClientRect();
    const style = getComputedStyle(cell);
    const from = left + parseFloat(style.paddingLeft) - 0.5;
    const to = right - parseFloat(style.paddingRight) + 0.5;
    const range = document.createRange();
    return [...cell.querySelectorAll('*'), cell].flatMap((part) => [...part.childNodes].flatMap((node) => {
      if (node.nodeType !== Node.TEXT_NODE || node.textContent?.trim() === '' || part.clientWidth === 1) return [];
      range.selectNodeContents(node);
      const drawn = range.getBoundingClientRect();
      if (drawn.width === 0 || (drawn.right <= to && drawn.left >= from)) return [];
      const titled = part.closest('[title]');
      // Three dots are drawn by a block that holds the text itself: the cell, or a box in it that may shrink.
      const holder = getComputedStyle(part).display === 'inline' ? part.parentElement : part;
      const dots = holder !== null && getComputedStyle(holder).textOverflow === 'ellipsis' && !getComputedStyle(holder).display.includes('flex');
      return [{ text: node.textContent ?? '', told: dots && titled !== null && cell.contains(titled) }];
    }));
  }));
}

for (const locale of ['en-GB', 'fr-FR'] as const) {
  test(`no cell of the wave cuts its text, ${locale}`, async ({ browser }) => {
    bench = await madeUpBench('--firmware', 'drawn');
    const context = await browser.newContext({ locale });
    const page = await context.newPage();
    await openBench(page, bench.url);
    await page.keyboard.press('3');
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      await expect(page.locator('[data-rate]').filter({ hasText: '/s' }).first()).toBeVisible();
      await expect.poll(() => cutTexts(page, 'section'), `${width}`).toEqual([]);
      // Nor is anything wider than the card: there is no sideways scrolling.
      expect(await page.getByRole('grid').evaluate((grid) => (grid.parentElement?.scrollWidth ?? 0) - (grid.parentElement?.clientWidth ?? 0)), `${width}`).toBe(0);
    }
    await context.close();
  });
}

test('a name that is too long for its cell ends in three dots and is told whole', async ({ page }) => {
  bench = await madeUpBench('--firmware', 'long');
  await openBench(page, bench.url);
  await expect(page.getByRole('gridcell', { name: /^Phone 32,/ })).toBeVisible();
  await page.keyboard.press('v');
  await expect(page.getByRole('columnheader').first()).toBeVisible();
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    await expect.poll(async () => (await cutTexts(page, 'main')).filter(({ told }) => !told), `${width}`).toEqual([]);
  }
  await page.keyboard.press('3');
  await expect(page.locator('[data-rate]').filter({ hasText: '/s' }).first()).toBeVisible();
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    await expect.poll(async () => (await cutTexts(page, 'section')).filter(({ told }) => !told), `${width}`).toEqual([]);
    expect(await cutTexts(page, 'section'), `${width}`).not.toEqual([]);
  }
});

test('a phone between two files is said to be so, and never loads at no speed', async ({ page }) => {
  bench = await madeUpBench('--firmware', 'long');
  await openBench(page, bench.url);
  await page.keyboard.press('3');
  const row = page.getByRole('row', { name: /^Phone 39,/ });
  await expect(row).toHaveAccessibleName(/between two files/);
  await expect(row.locator('[data-rate]')).toHaveText('');
  await expect(page.getByRole('row', { name: /^Phone 38,/ }).locator('[data-rate]')).toHaveText(/MB\/s$/);
});
