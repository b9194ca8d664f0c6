import { expect, test } from '@playwright/test';
import { accept, editor, findings, goToLine, leave, preview, save, stored, typeBelow, withTemplateOpen } from '../support/e2e/profile-page.ts';
import { complaints, expectAccessible, MACS } from '../support/e2e/seeded-bench.ts';

test.describe('on a bench that runs', () => {
  const scene = withTemplateOpen();

  test('a name is completed with its explanation, and Tab writes the element with ua="na"', async ({ page }) => {
    const heard = complaints(page);
    await typeBelow(page, 'Short_Name_1_', '<Upgrade_Ru');
    const option = page.getByRole('option', { name: /^Upgrade_Rule/ });
    await expect(option).toHaveAttribute('aria-selected', 'true');
    await expect(page.locator('.cm-completionInfo')).toContainText('Seen on');
    await accept(page);
    await page.keyboard.type('http://x/y.loads');
    await expect(editor(page)).toContainText('<Upgrade_Rule ua="na">http://x/y.loads</Upgrade_Rule>');
    expect(heard).toEqual([]);
  });

  test('the values of a parameter and the names of places are completed too', async ({ page }) => {
    await typeBelow(page, 'Short_Name_1_', '<Resync_On_Rese');
    await expect(page.getByRole('option', { name: /^Resync_On_Reset/ })).toBeVisible();
    await accept(page);
    await expect(page.getByRole('option', { name: 'Yes', exact: true })).toBeVisible();
    await accept(page);
    await expect(editor(page)).toContainText('<Resync_On_Reset ua="na">Yes</Resync_On_Reset>');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('<!-- --><Station_Display_Name ua="na">{{exten');
    await expect(page.getByRole('option', { name: 'extension' })).toBeVisible();
    await accept(page);
    await expect(editor(page)).toContainText('<Station_Display_Name ua="na">{{extension}}');
  });

  test('a finding has its line and column, F8 goes to it, and its button mends it', async ({ page }) => {
    await goToLine(page, 'Profile_Rule');
    await page.keyboard.press('Enter');
    // The editor closes the element by itself; the closing tag may be typed all the same.
    await page.keyboard.type('<Resync_Periodc ua="na">3600</Resync_Periodc>');
    await expect(editor(page)).toContainText('<Resync_Periodc ua="na">3600</Resync_Periodc>');
    await expect(editor(page)).not.toContainText('</Resync_Periodc></Resync_Periodc>');
    const row = findings(page).getByRole('listitem').filter({ hasText: 'Resync_Periodc' });
    await expect(row).toContainText('Line 5, col 4.');
    await leave(page);
    await page.keyboard.press('F8');
    await expect(editor(page)).toBeFocused();
    await row.getByRole('button', { name: 'Write Resync_Periodic' }).click();
    await expect(editor(page)).toContainText('<Resync_Periodic ua="na">3600</Resync_Periodic>');
    await expect(row).toHaveCount(0);
    await page.keyboard.press('Control+z');
    await expect(row).toBeVisible();
  });

  test('an error keeps the template from being saved, and says why', async ({ page }) => {
    const before = await stored(scene.bench);
    await typeBelow(page, 'Station_Name', '<Resync_Periodic ua="na">3600</Resync_Periodix>');
    await expect(findings(page).getByRole('status')).toContainText(/error/);
    await expect(save(page)).toHaveAttribute('aria-disabled', 'true');
    await expect(save(page)).toHaveAccessibleDescription(/errors? (?:is|are) left/);
    await page.keyboard.press('Control+s');
    await page.waitForTimeout(500);
    expect(await stored(scene.bench)).toBe(before);
  });

  test('saving needs a change; what was typed and taken back writes nothing and makes no version', async ({ page }) => {
    await expect(save(page)).toHaveAccessibleDescription('Nothing differs from what is saved.');
    await goToLine(page, 'Short_Name_1_');
    await page.keyboard.type('x');
    await expect(save(page)).not.toHaveAttribute('aria-disabled', 'true');
    await page.keyboard.press('Backspace');
    await expect(save(page)).toHaveAttribute('aria-disabled', 'true');
    await page.keyboard.press('Control+s');
    await expect(page.getByText(/^version 1, edited/)).toBeVisible();
  });

  test('a saved change is a version; an older one comes back as an edit, and discard drops it', async ({ page }) => {
    await typeBelow(page, 'Short_Name_1_', '<!-- ward -->');
    await page.keyboard.press('Control+s');
    await expect(page.getByText(/^version 2, edited/)).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: 'Saved as version 2' })).toBeVisible();
    expect(await stored(scene.bench)).toContain('<!-- ward -->');

    await page.getByRole('button', { name: 'History' }).click();
    const dialog = page.getByRole('dialog', { name: 'History of all' });
    await expect(dialog.getByRole('radio', { name: /^Version 1/ })).toBeChecked();
    await expect(dialog.getByRole('region', { name: 'Both texts' })).toContainText('<!-- ward -->');
    await expectAccessible(page);
    await dialog.getByRole('button', { name: 'Take version 1 back' }).click();
    await expect(editor(page)).not.toContainText('<!-- ward -->');
    await expect(page.getByText('not saved', { exact: true })).toBeVisible();
    expect(await stored(scene.bench)).toContain('<!-- ward -->');

    await page.getByRole('button', { name: 'Discard' }).click();
    await expect(editor(page)).toContainText('<!-- ward -->');
    await expect(save(page)).toHaveAttribute('aria-disabled', 'true');
    await editor(page).focus();
    await page.keyboard.press('Control+z');
    await expect(editor(page)).not.toContainText('<!-- ward -->');
  });

  test('the preview fills the text for a phone, and shows what changes for it since it was served', async ({ page }) => {
    await expect(preview(page)).toContainText('Reception');
    await expect(preview(page)).not.toContainText('hush-hush');
    await expect(preview(page)).toContainText('secret');
    await expect(preview(page)).toContainText('1 phone lacks extension: 6.');
    expect(await scene.bench.fetchProfile(MACS[0])).toBe(200);
    await typeBelow(page, 'Station_Name', '<Debug_Level ua="na">INFO</Debug_Level>');
    await preview(page).getByText('As last served').click();
    await expect(preview(page)).toContainText('1 change');
    await expect(preview(page).getByRole('region', { name: 'As last served' })).toContainText('+');
    await preview(page).getByText('As reported').click();
    await expect(preview(page)).toContainText('Nothing reported yet');
    await preview(page).getByRole('combobox', { name: 'Phone of the preview' }).selectOption({ index: 5 });
    await expect(preview(page)).toContainText('It cannot be filled');
    await expectAccessible(page);
  });

  test('a template is added, placed under its own name, protected and removed', async ({ page }) => {
    await page.getByRole('button', { name: 'Template all, choose another' }).click();
    await page.getByRole('menuitem', { name: 'New template…' }).click();
    const add = page.getByRole('dialog', { name: 'New template' });
    await add.getByText('Paste', { exact: true }).click();
    await add.getByLabel('Text of the profile').fill('<flat-profile>\n  <Debug_Level ua="na">INFO</Debug_Level>\n</flat-profile>\n');
    await add.getByLabel('Name').fill('all');
    await expect(add.getByText('Another template has this name.').first()).toBeVisible();
    await add.getByLabel('Name').fill('extra');
    await expectAccessible(page);
    await page.keyboard.press('Control+Enter');
    await expect(page.getByRole('button', { name: 'Template extra, choose another' })).toBeVisible();
    await expect(page.getByText('unassigned')).toBeVisible();

    await page.getByRole('main').getByRole('button', { name: 'Settings' }).click();
    const place = page.getByRole('dialog', { name: 'Settings of extra' });
    await place.getByText('Every phone', { exact: true }).click();
    await place.getByLabel('Own name').fill('b/$MA.xml');
    await place.getByText('AES-256-CBC', { exact: true }).click();
    await expect(place).toContainText('No public source says which digest a firmware expects');
    await expectAccessible(page);
    await page.keyboard.press('Control+Enter');
    await expect(place).toHaveCount(0);
    await expect(page.getByRole('main')).toContainText('b/$MA.xml');
    await expect(page.getByRole('main')).toContainText('AES-256-CBC');

    await page.getByRole('button', { name: 'Template extra, choose another' }).click();
    await page.getByRole('menuitem', { name: 'Remove extra…' }).click();
    await page.getByRole('dialog', { name: 'Remove extra?' }).getByRole('button', { name: 'Remove' }).click();
    await expect(page.getByRole('button', { name: 'Template all, choose another' })).toBeVisible();
  });

  test('the debugger reads the rule of the file with its own secrets and the filled places', async ({ page }) => {
    await page.getByText('Both', { exact: true }).click();
    await page.getByRole('textbox', { name: /Profile_Rule$/ }).fill('[--key hush-key]{{bench_http}}/p/$MA.cfg');
    const rule = page.getByRole('textbox', { name: 'Rule', exact: true });
    await expect(rule).toHaveValue(/^\[--key hush-key\]http:\/\/[\d.:]+\/p\/\$MA\.cfg$/);
    await expect(preview(page)).not.toContainText('hush-key');
  });

  test('everything is reached from the keyboard alone', async ({ page }) => {
    await page.getByRole('button', { name: 'Template all, choose another' }).focus();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('main').getByRole('button', { name: 'Settings' })).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(page.getByRole('button', { name: 'History' })).toBeFocused();
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('Tab');
    await expect(page.getByRole('radio', { name: 'XML' })).toBeFocused();
    await page.keyboard.press('Tab');
    await expect(editor(page)).toBeFocused();
    await expect(page.getByText('Scanner off in here')).toBeVisible();
    // Letters are text here, not keys: 1 does not leave for the bench.
    await page.keyboard.press('Control+End');
    await page.keyboard.type('1');
    await expect(editor(page)).toContainText('1');
    await page.keyboard.press('Backspace');
    await leave(page);
    await page.keyboard.press('/');
    await expect(page.getByRole('textbox', { name: 'Find' })).toBeFocused();
    await page.keyboard.type('Profile_Rule');
    await page.keyboard.press('Escape');
    await expect(editor(page)).toBeFocused();
  });

  for (const scheme of ['light', 'dark'] as const) {
    test(`axe finds nothing in ${scheme}, in all three views, also in French`, async ({ page }) => {
      const heard = complaints(page);
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      for (const view of ['Form', 'Both', 'XML']) {
        await page.getByText(view, { exact: true }).click();
        if (view !== 'XML') await expect(page.getByRole('textbox', { name: /Profile_Rule$/ })).toBeVisible();
        await expectAccessible(page);
      }
      await page.setViewportSize({ width: 1180, height: 720 });
      await page.getByRole('button', { name: /^Language/ }).click();
      await page.getByRole('menuitemradio', { name: 'Français' }).click();
      await page.getByText('Les deux', { exact: true }).click();
      await expect(page.getByRole('textbox', { name: 'Texte du modèle' })).toBeVisible();
      await expectAccessible(page);
      expect(heard).toEqual([]);
    });
  }
});
