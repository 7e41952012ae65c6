import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { created } from '../../cli/simulator/deliveries/events.ts';
import { dialogOf, isFocused, NEWCOMER, openerOf } from './support/appointments.ts';
import { bookToday, deliver } from './support/cal-com.ts';
import { launchBrowser } from './support/chromium.ts';
import { createSalon, sql, type TestSalon } from './support/salon.ts';
import { barriers } from './support/barriers.ts';
import { DESK, openAs, PHONE } from './support/visitor.ts';

let browser: Browser;
let salon: TestSalon;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  salon = await createSalon();
});

async function appointment(): Promise<Record<string, unknown>> {
  const [row] = await sql<Record<string, unknown>>(
    `select client_id, pet_id, link_source::text, attendance::text, status
     from calendar_events where salon_id = $1`,
    [salon.id],
  );
  return row ?? {};
}

test('staff assign a client and their pet with the keyboard, and take it back', async () => {
  await deliver(created, bookToday(salon, '15:00', NEWCOMER));
  const { page, leave } = await openAs(browser, salon.staff);
  const dialog = dialogOf(page);

  await openerOf(page, '15:00').focus();
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Wybierz klienta' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => isFocused(dialog.getByRole('heading', { name: 'Wybierz klienta' })))
    .toBe(true);
  await page.keyboard.press('Tab');
  await page.keyboard.type('fio');
  await dialog.getByRole('button', { name: 'Fiona maltańczyk · Zofia Kaczmarek · 501 220 314' })
    .waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');

  await dialog.getByText('Przypisano: Fiona, Zofia Kaczmarek.').waitFor();
  await dialog.getByText('Alergie: szampon z owsem').waitFor();
  const { clientId, petId } = salon.calCom.bookers.first.link ?? {};
  expect(await appointment())
    .toMatchObject({ client_id: clientId, pet_id: petId, link_source: 'manual' });

  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await dialog.getByText('Cofnięto.').waitFor();
  await dialog.getByText('Nie wybrano klienta').waitFor();
  expect(await appointment()).toMatchObject({ client_id: null, pet_id: null });

  await page.keyboard.press('Escape');
  await expect.poll(() => isFocused(openerOf(page, '15:00'))).toBe(true);
  await leave();
});

test('what cannot be done is taken back on the page, and says what to do', async () => {
  await deliver(created, bookToday(salon, '15:00', NEWCOMER));
  const { page, leave } = await openAs(browser, salon.staff);
  const dialog = dialogOf(page);
  await openerOf(page, '15:00').click();
  await dialog.getByRole('button', { name: 'Wybierz klienta' }).click();
  await dialog.getByRole('searchbox').fill('fio');
  const fiona = dialog.getByRole('button', { name: /^Fiona/ });
  await fiona.waitFor();
  await sql('delete from pets where salon_id = $1', [salon.id]);

  await fiona.click();

  await dialog.getByRole('alert').getByText('Nie ma tego w Twoim salonie. Odśwież listę.')
    .waitFor();
  await dialog.getByText('Nie wybrano zwierzęcia').waitFor();
  expect(await appointment()).toMatchObject({ client_id: null, pet_id: null });
  await leave();
});

test('who came is marked with the keyboard, and taken back; the history says who did it', async () => {
  await deliver(created, bookToday(salon, '08:00'));
  const { page, leave } = await openAs(browser, salon.staff);
  const dialog = dialogOf(page);
  await openerOf(page, '08:00').focus();
  await page.keyboard.press('Enter');
  const press = async (name: string) => {
    await dialog.getByRole('button', { name, exact: true }).focus();
    await page.keyboard.press('Enter');
  };

  await press('Klient nie przyszedł');
  await dialog.getByText('Zapisano: klient nie przyszedł.').waitFor();
  expect(await dialog.locator('.badge').innerText()).toBe('Klient nie przyszedł');
  await press('Cofnij');
  await dialog.getByText('Cofnięto.').waitFor();
  expect(await dialog.locator('.badge').innerText()).toBe('Zakończona');

  await press('Klient nie przyszedł');
  await dialog.getByText('Zapisano: klient nie przyszedł.').waitFor();
  await press('Klient był');
  await dialog.getByText('Zapisano: klient był.').waitFor();
  await press('Cofnij oznaczenie');
  await dialog.getByText('Oznaczenie cofnięte.').waitFor();
  expect(await appointment()).toMatchObject({ attendance: null, status: 'scheduled' });

  await dialog.getByText('Historia zmian').focus();
  await page.keyboard.press('Enter');
  await dialog.getByText('Oznaczenie, czy klient był').first().waitFor();
  expect(await dialog.locator('.activities li', { hasText: 'Ty,' }).count()).toBe(5);
  await leave();
});

test('a note of the salon is on the card and on the page of the pet', async () => {
  await deliver(created, bookToday(salon, '15:00'));
  const { page, goTo, leave } = await openAs(browser, salon.staff);
  const dialog = dialogOf(page);
  await openerOf(page, '15:00').click();
  await dialog.getByRole('button', { name: 'Notatka salonu' }).click();
  await dialog.getByRole('textbox').fill('Boi się suszarki');

  await dialog.getByRole('button', { name: 'Zapisz notatkę' }).click();

  await dialog.getByText('Notatka salonu: Boi się suszarki').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.appointments .appointment').getByText('Notatka salonu: Boi się suszarki')
    .waitFor();
  await goTo(`/pets/${salon.calCom.bookers.first.link?.petId}`);
  await page.locator('.row').getByText('Notatka salonu: Boi się suszarki').waitFor();
  await leave();
});

test('in the week, the client’s answer is a word, and the focus returns to what was changed', async () => {
  await deliver(created, bookToday(salon, '15:00', NEWCOMER));
  await sql(
    `update calendar_events set client_response = 'wants_to_cancel', client_responded_at = now()
     where salon_id = $1`,
    [salon.id],
  );
  const { page, goTo, leave } = await openAs(browser, salon.staff);
  await page.locator('.appointments .badge', { hasText: 'Chce odwołać' }).waitFor();
  await goTo('/week');
  const entry = page.getByRole('button', { name: /15:00.*Chce odwołać/ });
  await entry.focus();
  await page.keyboard.press('Enter');
  const dialog = dialogOf(page);
  await dialog.getByRole('button', { name: 'Wybierz klienta' }).click();
  await dialog.getByRole('searchbox').fill('borys');
  await dialog.getByRole('button', { name: /^Borys/ }).click();
  await dialog.getByText('Przypisano: Borys, Tomasz Gołąb.').waitFor();

  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: /15:00.*Borys/ }).waitFor();
  await expect.poll(() => isFocused(entry)).toBe(true);
  await leave();
});

test.each(
  [
    { device: 'a desktop', viewport: DESK, colorScheme: 'light', forms: ['Telefon i zgoda'] },
    {
      device: 'a phone in dark mode',
      viewport: PHONE,
      colorScheme: 'dark',
      forms: ['Przełóż', 'Zmień klienta'],
    },
  ] as const,
)('on $device, no form is hard to use', async ({ viewport, colorScheme, forms }) => {
  await deliver(created, bookToday(salon, '15:00'));
  const { page, leave } = await openAs(browser, salon.staff, '/', { viewport, colorScheme });
  const dialog = dialogOf(page);
  await openerOf(page, '15:00').click();
  const found: Record<string, string[]> = { menu: await barriers(page) };
  for (const name of forms) {
    await dialog.getByRole('button', { name, exact: true }).click();
    await dialog.getByRole('textbox').or(dialog.getByRole('searchbox')).first().waitFor();
    found[name] = await barriers(page);
    await dialog.getByRole('button', { name: 'Wróć' }).click();
  }
  await dialog.getByText('Historia zmian').click();
  await dialog.getByText('Nikt jeszcze niczego nie zmieniał.').waitFor();
  found.history = await barriers(page);

  expect(found).toEqual(Object.fromEntries(Object.keys(found).map((name) => [name, []])));
  await leave();
});
