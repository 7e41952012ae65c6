import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { created } from '../../cli/simulator/deliveries/events.ts';
import { barriers } from './support/barriers.ts';
import { dialogOf, isFocused, openerOf } from './support/appointments.ts';
import { bookToday, deliver } from './support/cal-com.ts';
import { launchBrowser } from './support/chromium.ts';
import { pressWithKeyboard } from './support/keyboard.ts';
import { createSalon, type Member, sql, type TestSalon } from './support/salon.ts';
import { DESK, expireToken, openAs, PHONE } from './support/visitor.ts';

let browser: Browser;
let salon: TestSalon;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  salon = await createSalon();
  await deliver(created, bookToday(salon, '15:00'));
});

/** A member with the form of the note open, in a browser of their own. */
async function openForm(member: Member, viewport = DESK) {
  const visitor = await openAs(browser, member, '/', { viewport });
  await open(visitor.page);
  return { ...visitor, dialog: dialogOf(visitor.page) };
}

async function open(page: Page): Promise<void> {
  await openerOf(page, '15:00').click();
  const dialog = dialogOf(page);
  const item = dialog.getByRole('button', { name: 'Notatka salonu' });
  await item.or(dialog.getByRole('textbox')).first().waitFor();
  if (await item.count() > 0) await item.click();
}

async function stored(): Promise<string | null | undefined> {
  const [row] = await sql<{ note: string | null }>(
    'select salon_note as note from calendar_events where salon_id = $1',
    [salon.id],
  );
  return row?.note;
}
const save = (page: Page) => dialogOf(page).getByRole('button', { name: 'Zapisz notatkę' }).click();

test('a note that somebody else wrote meanwhile is shown beside one’s own, and not lost', async () => {
  const ola = await openForm(salon.staff);
  const owner = await openForm(salon.owner);
  await ola.dialog.getByRole('textbox').fill('Boi się suszarki');
  await owner.dialog.getByRole('textbox').fill('Gryzie');
  await save(ola.page);
  await ola.dialog.getByText('Zapisano notatkę.').waitFor();

  await save(owner.page);

  await owner.dialog.getByText('Ktoś inny zmienił tę notatkę. Niczego nie nadpisano.').waitFor();
  await owner.dialog.locator('blockquote', { hasText: 'Boi się suszarki' }).waitFor();
  expect(await owner.dialog.getByRole('textbox', { name: 'Twoja notatka' }).inputValue())
    .toBe('Gryzie');
  expect(await stored()).toBe('Boi się suszarki');
  expect(await barriers(owner.page)).toEqual([]);

  await owner.dialog.getByRole('textbox').fill('Boi się suszarki. Gryzie');
  await owner.dialog.getByRole('button', { name: 'Zapisz moją zamiast niej' }).click();
  await owner.dialog.getByText('Zapisano notatkę.').waitFor();
  expect(await stored()).toBe('Boi się suszarki. Gryzie');

  // Undone, the note is what it was before, and not empty.
  await owner.dialog.getByRole('button', { name: 'Cofnij' }).click();
  await owner.dialog.getByText('Cofnięto.').waitFor();
  expect(await stored()).toBe('Boi się suszarki');
  await ola.leave();
  await owner.leave();
});

test('the note of somebody else is kept if one wants so, and undo does not overwrite it', async () => {
  const { page, dialog, leave } = await openForm(salon.staff);
  const theySave = (note: string) =>
    sql('update calendar_events set salon_note = $2 where salon_id = $1', [salon.id, note]);
  await dialog.getByRole('textbox').fill('Gryzie');
  await save(page);
  await dialog.getByText('Zapisano notatkę.').waitFor();
  await theySave('Nie gryzie');
  await dialog.getByRole('button', { name: 'Cofnij' }).click();
  await dialog.getByText('Niczego nie nadpisano.').waitFor();
  expect(await stored()).toBe('Nie gryzie');

  await dialog.getByRole('button', { name: 'Notatka salonu' }).click();
  await dialog.getByRole('textbox').fill('Gryzie jednak');
  await theySave('Na pewno nie gryzie');
  await save(page);
  await dialog.locator('blockquote', { hasText: 'Na pewno nie gryzie' }).waitFor();
  await pressWithKeyboard(page, dialog.getByRole('button', { name: 'Zostaw tę' }));
  await dialog.getByText('Notatka salonu: Na pewno nie gryzie').waitFor();
  const item = dialog.getByRole('button', { name: 'Notatka salonu' });
  await expect.poll(() => isFocused(item)).toBe(true);
  await item.click();
  expect(await dialog.getByRole('textbox').inputValue()).toBe('Na pewno nie gryzie');
  await leave();
});

test('a note is still there after the session has expired, until it is saved', async () => {
  const { page, dialog, signIn, leave } = await openForm(salon.staff);
  await dialog.getByRole('textbox').fill('Boi się suszarki');
  await endSession(page, salon.staff);
  await page.getByText('Sesja wygasła.').waitFor();
  await signIn(salon.staff);

  await page.getByText(/Masz niezapisaną notatkę do wizyty: .*15:00, Fiona\./).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'Dokończ' }).click();
  expect(await dialog.getByRole('textbox').inputValue()).toBe('Boi się suszarki');
  await save(page);
  await dialog.getByText('Zapisano notatkę.').waitFor();
  expect(await stored()).toBe('Boi się suszarki');
  await page.keyboard.press('Escape');
  await page.reload();
  await openerOf(page, '15:00').waitFor();
  expect(await page.getByText('Masz niezapisaną notatkę').count()).toBe(0);
  await leave();
});

test('a note is still there after a reload, until it is discarded', async () => {
  const { page, dialog, leave } = await openForm(salon.staff, PHONE);
  await dialog.getByRole('textbox').fill('Boi się suszarki');
  await page.reload();
  await page.getByRole('button', { name: 'Odrzuć' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await openerOf(page, '15:00').click();
  await dialog.getByText('Ta notatka nie jest jeszcze zapisana.').waitFor();
  await page.keyboard.press('Escape');

  await pressWithKeyboard(page, page.getByRole('button', { name: /^Odrzuć: .*15:00, Fiona$/ }));

  await expect.poll(() => page.getByText('Masz niezapisaną notatkę').count()).toBe(0);
  expect(await isFocused(page.getByRole('heading', { level: 1 }))).toBe(true);
  await open(page);
  expect(await dialog.getByRole('textbox').inputValue()).toBe('');
  await leave();
});

test('a note of one member is not offered to another who signs in on the same browser', async () => {
  const { page, dialog, signIn, leave } = await openForm(salon.staff);
  await dialog.getByRole('textbox').fill('Boi się suszarki');
  await endSession(page, salon.staff);
  await page.getByText('Sesja wygasła.').waitFor();

  await signIn(salon.owner);

  await openerOf(page, '15:00').waitFor();
  expect(await page.getByText('Masz niezapisaną notatkę').count()).toBe(0);
  await open(page);
  expect(await dialog.getByRole('textbox').inputValue()).toBe('');
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain('suszarki');
  await leave();
});

test('a note that is discarded where its appointment was opened is offered no more', async () => {
  const { page, dialog, leave } = await openForm(salon.staff);
  await dialog.getByRole('textbox').fill('Boi się suszarki');
  await page.reload();
  const notice = page.getByText('Masz niezapisaną notatkę');
  await notice.waitFor();
  await page.emulateMedia({ media: 'print' });
  expect(await notice.isVisible()).toBe(false);
  await page.emulateMedia({ media: null });
  await openerOf(page, '15:00').click();

  await pressWithKeyboard(page, dialog.getByRole('button', { name: 'Odrzuć zmiany' }));

  await expect.poll(() => isFocused(dialog.getByRole('textbox'))).toBe(true);
  expect(await dialog.getByRole('textbox').inputValue()).toBe('');
  await page.keyboard.press('Escape');
  await expect.poll(() => notice.count()).toBe(0);
  await leave();
});

test('a note on an appointment that was erased meanwhile is offered no more', async () => {
  const { page, dialog, leave } = await openForm(salon.staff);
  await dialog.getByRole('textbox').fill('Boi się suszarki');
  await sql('update calendar_events set erased_at = now() where salon_id = $1', [salon.id]);

  await page.reload();

  await openerOf(page, '15:00').click();
  await dialog.getByText('Historia zmian').waitFor();
  expect(await dialog.getByRole('textbox').count()).toBe(0);
  expect(await page.getByText('Masz niezapisaną notatkę').count()).toBe(0);
  await leave();
});

test('what is typed while a note is being saved cannot be lost', async () => {
  const { page, dialog, leave } = await openForm(salon.staff);
  const { promise: isReleased, resolve: release } = Promise.withResolvers<void>();
  await page.route('**/rest/v1/rpc/set_salon_note', async (route) => {
    await isReleased;
    await route.continue();
  });
  await dialog.getByRole('textbox').fill('Gryzie');
  await save(page);
  await dialog.getByText('Chwileczkę…').waitFor();
  expect(await dialog.getByRole('textbox').isEditable()).toBe(false);
  release();
  await dialog.getByText('Zapisano notatkę.').waitFor();
  await leave();
});

test('signing out in another tab forgets the notes of this one', async () => {
  const { page, dialog, leave } = await openForm(salon.staff);
  await dialog.getByRole('textbox').fill('Boi się suszarki');
  const other = await page.context().newPage();
  await other.goto(page.url());

  await other.getByRole('button', { name: 'Wyloguj' }).click();

  await page.getByRole('heading', { name: 'Zaloguj się' }).waitFor();
  const kept = () => page.evaluate(() => JSON.stringify(sessionStorage));
  await expect.poll(kept).not.toContain('suszarki');
  await leave();
});

/** Ends a member's session on the server, as if it had expired, and lets the page notice. */
async function endSession(page: Page, { id }: Member): Promise<void> {
  await sql('delete from auth.sessions where user_id = $1', [id]);
  await expireToken(page);
  await page.reload();
}
