import { expect, test } from '@playwright/test';
import { editor, save, stored, withTemplateOpen } from '../support/e2e/profile-page.ts';

test.describe('the form of a template', () => {
  const scene = withTemplateOpen();

  test('a field of the form changes its element and nothing else of the text, and is undone in one step', async ({ page }) => {
    const before = await stored(scene.bench);
    await page.getByText('Both', { exact: true }).click();
    const rule = page.getByRole('textbox', { name: /Profile_Rule$/ });
    await expect(rule).toHaveValue('/$MA.cfg');
    await rule.fill('/p/$MA.cfg');
    await rule.press('Enter');
    await expect(editor(page)).toContainText('<Profile_Rule ua="na">/p/$MA.cfg</Profile_Rule>');
    await page.keyboard.press('Control+s');
    await expect(page.getByText(/^version 2, edited/)).toBeVisible();
    expect(await stored(scene.bench)).toBe(before.replace('>/$MA.cfg<', '>/p/$MA.cfg<'));
    await editor(page).focus();
    await page.keyboard.press('Control+z');
    await expect(rule).toHaveValue('/$MA.cfg');
  });

  test('nothing means one of three things, chosen at the field', async ({ page }) => {
    await page.getByText('Form', { exact: true }).click();
    const syslog = page.getByRole('textbox', { name: /Syslog_Server$/ });
    await expect(syslog).toHaveAttribute('placeholder', 'left out');
    await page.getByRole('button', { name: /^Syslog server: / }).click();
    await page.getByRole('menuitemradio', { name: /^Reset/ }).click();
    await expect(syslog).toHaveAttribute('placeholder', 'factory value');
    await page.getByRole('button', { name: /^Syslog server: / }).click();
    await page.getByRole('menuitemradio', { name: 'Force empty' }).click();
    await expect(syslog).toHaveAttribute('placeholder', 'empty');
    await page.getByText('XML', { exact: true }).click();
    await expect(editor(page)).toContainText(/<Syslog_Server[^>]*>""<\/Syslog_Server>/);
    await page.getByText('Form', { exact: true }).click();
    await page.getByRole('button', { name: /^Syslog server: / }).click();
    await page.getByRole('menuitemradio', { name: /^Leave out/ }).click();
    await expect(syslog).toHaveAttribute('placeholder', 'left out');
    await expect(save(page)).toHaveAttribute('aria-disabled', 'true');
  });

  test('a value that was typed a moment ago is saved by Ctrl S, and is not lost with its form', async ({ page }) => {
    await page.getByText('Form', { exact: true }).click();
    const rule = page.getByRole('textbox', { name: /Profile_Rule$/ });
    await expect(rule).toHaveValue('/$MA.cfg');
    await rule.fill('/fast/$MA.cfg');
    await page.keyboard.press('Control+s');
    await expect(page.getByText(/^version 2, edited/)).toBeVisible();
    expect(await stored(scene.bench)).toContain('<Profile_Rule ua="na">/fast/$MA.cfg</Profile_Rule>');
    // An emptied field waits until it is left: another view takes it off the screen without that.
    await rule.fill('');
    await page.keyboard.press('F8');
    await expect(editor(page)).toBeVisible();
    await expect(editor(page)).not.toContainText('/fast/');
    await page.keyboard.press('Control+z');
    await expect(editor(page)).toContainText('/fast/');
    await page.getByText('Form', { exact: true }).click();
    await rule.fill('/kept/$MA.cfg');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Template all, choose another' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(rule).toHaveCount(0);
    await page.keyboard.press('2');
    await expect(rule).toHaveValue('/kept/$MA.cfg');
    await expect(page.getByText('not saved', { exact: true })).toBeVisible();
  });

  test('a number and the unit picked after it are one value', async ({ page }) => {
    await page.getByText('Form', { exact: true }).click();
    const every = page.getByRole('textbox', { name: /Resync_Periodic$/ });
    const unit = page.getByRole('radiogroup', { name: 'Unit' });
    await every.click();
    await every.fill('30');
    await unit.getByText('min', { exact: true }).click();
    await expect(every).toHaveValue('30');
    await page.keyboard.press('Control+s');
    await expect(page.getByText(/^version 2, edited/)).toBeVisible();
    expect(await stored(scene.bench)).toMatch(/<Resync_Periodic[^>]*>1800</);
    expect(await stored(scene.bench)).not.toContain('108000');
    // The same from the keyboard: Tab to the unit, an arrow picks another.
    await every.fill('45');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await expect(unit.getByRole('radio', { name: 's', exact: true })).toBeChecked();
    await expect(every).toHaveValue('45');
    await page.keyboard.press('Control+s');
    await expect(page.getByText(/^version 3, edited/)).toBeVisible();
    expect(await stored(scene.bench)).toMatch(/<Resync_Periodic[^>]*>45</);
  });

  test('from the form, F8 and / go to the text and are typed there', async ({ page }) => {
    await page.getByText('Form', { exact: true }).click();
    await expect(editor(page)).toBeHidden();
    await page.getByRole('button', { name: 'Template all, choose another' }).focus();
    await page.keyboard.press('/');
    await expect(page.getByRole('textbox', { name: 'Find' })).toBeFocused();
    await page.keyboard.press('Escape');
    await page.getByText('Form', { exact: true }).click();
    await page.keyboard.press('F8');
    await expect(editor(page)).toBeFocused();
  });

  test('a warning is told at its field without calling the value wrong', async ({ page }) => {
    await page.getByText('Form', { exact: true }).click();
    const report = page.getByRole('textbox', { name: /Report_Rule$/ });
    await report.fill('[--method put]{{bench_http}}/report/$MA.xml');
    await page.keyboard.press('Tab');
    await expect(report).toHaveAccessibleDescription(/knows --method/);
    await expect(report).not.toHaveAttribute('aria-invalid', 'true');
    await expect(save(page)).not.toHaveAttribute('aria-disabled', 'true');
    const rule = page.getByRole('textbox', { name: /^Profile address/ });
    await rule.fill('{{Name with spaces}}');
    await page.keyboard.press('Tab');
    await expect(rule).toHaveAttribute('aria-invalid', 'true');
  });
});
