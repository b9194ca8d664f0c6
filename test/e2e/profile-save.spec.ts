import { expect, test } from '@playwright/test';
import { dialbench } from '../support/bench-process.ts';
import { editor, findings, leave, save, savedBySomebodyElse, stored, typeBelow, withTemplateOpen } from '../support/e2e/profile-page.ts';
import { expectAccessible } from '../support/e2e/seeded-bench.ts';

test.describe('saving a template', () => {
  const scene = withTemplateOpen();

  test('what cuts phones off is saved only after their number is typed', async ({ page }) => {
    const before = await stored(scene.bench);
    await typeBelow(page, 'Station_Name', '<Provision_Enable ua="na">No</Provision_Enable>');
    await expect(findings(page)).toContainText('The phone never asks for a profile again');
    await page.keyboard.press('Control+s');
    const dialog = page.getByRole('dialog', { name: 'Cut 8 phones off from this bench?' });
    await expect(dialog.getByRole('button', { name: 'Save all the same' })).toHaveAttribute('aria-disabled', 'true');
    await expectAccessible(page);
    await dialog.getByLabel('Type the number of phones: 8').fill('7');
    await page.keyboard.press('Control+Enter');
    await expect(dialog).toBeVisible();
    expect(await stored(scene.bench)).toBe(before);
    await dialog.getByLabel('Type the number of phones: 8').fill('8');
    await page.keyboard.press('Control+Enter');
    await expect(dialog).toHaveCount(0);
    await expect(page.getByText(/^version 2, edited/)).toBeVisible();
    expect(await stored(scene.bench)).toContain('<Provision_Enable ua="na">No</Provision_Enable>');
  });

  test('Ctrl S twice is one save, not a conflict with oneself', async ({ page }) => {
    await typeBelow(page, 'Short_Name_1_', '<!-- twice -->');
    await page.keyboard.press('Control+s');
    await page.keyboard.press('Control+s');
    await expect(page.getByText(/^version 2, edited/)).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.keyboard.type('<!-- more -->');
    await page.keyboard.press('Control+s');
    await expect(page.getByText(/^version 3, edited/)).toBeVisible();
    expect(await stored(scene.bench)).toContain('<!-- twice --><!-- more -->');
  });

  test('a file that somebody else changed is shown beside one’s own, and one of them is chosen', async ({ page }) => {
    await typeBelow(page, 'Short_Name_1_', '<!-- mine -->');
    await savedBySomebodyElse(scene.bench);
    await page.keyboard.press('Control+s');
    const dialog = page.getByRole('dialog', { name: 'all was changed by somebody else' });
    await expect(dialog.getByRole('region', { name: 'Both texts' })).toContainText('<!-- theirs -->');
    await expect(dialog.getByRole('region', { name: 'Both texts' })).toContainText('<!-- mine -->');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Save mine over it' }).click();
    await expect(page.getByText(/^version 3, edited/)).toBeVisible();
    expect(await stored(scene.bench)).toContain('<!-- mine -->');
    expect(await stored(scene.bench)).not.toContain('<!-- theirs -->');
  });

  test('over a text of somebody else, too, phones are cut off only after their number is typed', async ({ page }) => {
    await typeBelow(page, 'Station_Name', '<Provision_Enable ua="na">No</Provision_Enable>');
    await savedBySomebodyElse(scene.bench, '--for', '*');
    await page.getByRole('button', { name: 'Saved by somebody else: compare' }).click();
    await page.getByRole('dialog', { name: 'all was changed by somebody else' }).getByRole('button', { name: 'Save mine over it' }).click();
    const dialog = page.getByRole('dialog', { name: 'Cut 8 phones off from this bench?' });
    await expect(dialog).toBeVisible();
    expect(await stored(scene.bench)).toContain('<!-- theirs -->');
    await dialog.getByLabel('Type the number of phones: 8').fill('8');
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText(/^version 3, edited/)).toBeVisible();
    expect(await stored(scene.bench)).toContain('<Provision_Enable ua="na">No</Provision_Enable>');
  });

  test('one’s own text discarded after somebody else saved gives way to theirs', async ({ page }) => {
    await typeBelow(page, 'Short_Name_1_', '<!-- mine -->');
    await savedBySomebodyElse(scene.bench);
    await expect(page.getByRole('button', { name: 'Saved by somebody else: compare' })).toBeVisible();
    await page.getByRole('button', { name: 'Discard' }).click();
    await expect(editor(page)).toContainText('<!-- theirs -->');
    await expect(page.getByRole('button', { name: 'Saved by somebody else: compare' })).toHaveCount(0);
    await expect(save(page)).toHaveAttribute('aria-disabled', 'true');
  });

  test('what is not saved outlives another screen', async ({ page }) => {
    await typeBelow(page, 'Short_Name_1_', '<!-- kept -->');
    await leave(page);
    await page.keyboard.press('1');
    await expect(page.getByRole('heading', { name: 'Profiles' })).toHaveCount(0);
    await page.keyboard.press('2');
    await expect(editor(page)).toContainText('<!-- kept -->');
    await editor(page).focus();
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Control+z');
    await expect(editor(page)).not.toContainText('<!-- kept -->');
  });

  test('a template that somebody removed stays open while something is not saved, and is stored anew', async ({ page }) => {
    await typeBelow(page, 'Short_Name_1_', '<!-- mine -->');
    expect((await dialbench('profiles', '--data', scene.bench.folder, 'remove', 'all')).code).toBe(0);
    await expect(page.getByText('removed by somebody else, not saved here')).toBeVisible();
    await expect(editor(page)).toContainText('<!-- mine -->');
    await page.keyboard.press('Control+s');
    await expect(page.getByText(/^version 1, edited/)).toBeVisible();
    await expect(page.getByText('removed by somebody else, not saved here')).toHaveCount(0);
    expect(await stored(scene.bench)).toContain('<!-- mine -->');
  });
});
