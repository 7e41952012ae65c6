import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { created } from '../../cli/simulator/deliveries/events.ts';
import type { Booker } from '../../cli/simulator/world/salons.ts';
import { bookToday, deliver } from './support/cal-com.ts';
import { launchBrowser } from './support/chromium.ts';
import { createSalon, sql, type TestSalon } from './support/salon.ts';
import { barriers } from './support/barriers.ts';
import { DESK, openDashboard, PHONE } from './support/visitor.ts';

/** Somebody who is not a client yet. */
const MARIA: Booker = {
  firstName: 'Maria',
  lastName: 'Nowa',
  email: 'maria@poczta.example',
  phone: '+48698765432',
  dog: 'Łatka',
  link: null,
};

let browser: Browser;
let salon: TestSalon;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  salon = await createSalon();
});

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Szczegóły wizyty' });
const opener = (page: Page, time: string) =>
  page.getByRole('button', { name: `Otwórz wizytę: ${time}` });
const isFocused = (element: Locator) => element.evaluate((node) => node === document.activeElement);

async function appointment(): Promise<Record<string, unknown>> {
  const [row] = await sql<Record<string, unknown>>(
    `select client_id, pet_id, link_source::text, attendance::text, status
     from calendar_events where salon_id = $1`,
    [salon.id],
  );
  return row ?? {};
}

test('staff assign a client and their pet with the keyboard, and take it back', async () => {
  await deliver(created, bookToday(salon, '15:00', MARIA));
  const { page, signIn, leave } = await openDashboard(browser);
  await signIn(salon.staff);
  const dialog = dialogOf(page);

  await opener(page, '15:00').focus();
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
  await expect.poll(() => isFocused(opener(page, '15:00'))).toBe(true);
  await leave();
});

test('what cannot be done is taken back on the page, and says what to do', async () => {
  await deliver(created, bookToday(salon, '15:00', MARIA));
  const { page, signIn, leave } = await openDashboard(browser);
  await signIn(salon.staff);
  const dialog = dialogOf(page);
  await opener(page, '15:00').click();
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

test('a wrong phone number is corrected where the client is called from', async () => {
  await deliver(created, bookToday(salon, '15:00'));
  const { page, signIn, leave } = await openDashboard(browser);
  await signIn(salon.staff);
  const dialog = dialogOf(page);
  await opener(page, '15:00').click();
  await dialog.getByRole('button', { name: 'Telefon i zgoda' }).click();
  const phone = dialog.getByLabel('Telefon', { exact: true });

  await phone.fill('12 34');
  await page.keyboard.press('Enter');
  await dialog.getByText('To nie jest numer telefonu.').waitFor();
  expect(await isFocused(phone)).toBe(true);

  await phone.fill('602 333 444');
  await page.keyboard.press('Enter');
  await dialog.getByText('Zapisano dane klienta.').waitFor();
  await dialog.getByRole('link', { name: 'Zadzwoń: Zofia Kaczmarek, 602 333 444' }).waitFor();
  await dialog.getByRole('button', { name: 'Cofnij' }).click();
  await dialog.getByRole('link', { name: 'Zadzwoń: Zofia Kaczmarek, 501 220 314' }).waitFor();
  await leave();
});

test('a consent is withdrawn and recorded with its time and source, on the page of a pet', async () => {
  const { first } = salon.calCom.bookers;
  for (const change of ['false', "true, gdpr_consent_date = '2026-03-02 12:00Z'"]) {
    await sql(`update clients set has_gdpr_consent = ${change} where id = $1`, [
      first.link?.clientId,
    ]);
  }
  const consent = async () => {
    const [row] = await sql(
      `select has_gdpr_consent as given, gdpr_consent_date::date::text as day,
         gdpr_consent_source::text as source from clients where id = $1`,
      [first.link?.clientId],
    );
    return row;
  };
  const { page, signIn, goTo, leave } = await openDashboard(browser);
  await signIn(salon.owner);
  await goTo(`/pets/${first.link?.petId}`);
  await page.getByRole('button', { name: 'Telefon i zgoda: Zofia Kaczmarek' }).click();

  await page.getByRole('button', { name: 'Wycofaj zgodę' }).click();
  await page.getByText('Zgoda wycofana. Klient nie dostanie SMS-ów.').waitFor();
  await page.getByText('Nie ma zgody na SMS-y').waitFor();
  expect(await consent()).toEqual({ given: false, day: null, source: null });

  await page.getByRole('button', { name: 'Cofnij' }).click();
  await page.getByText('od 2 marca 2026, zapisana w salonie').waitFor();
  expect(await consent()).toEqual({ given: true, day: '2026-03-02', source: 'salon' });

  await page.getByRole('button', { name: 'Wróć' }).click();
  expect(await isFocused(page.getByRole('button', { name: 'Telefon i zgoda: Zofia Kaczmarek' })))
    .toBe(true);
  await leave();
});

test('who came is marked with the keyboard, and taken back; the history says who did it', async () => {
  await deliver(created, bookToday(salon, '08:00'));
  const { page, signIn, leave } = await openDashboard(browser);
  await signIn(salon.staff);
  const dialog = dialogOf(page);
  await opener(page, '08:00').focus();
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
  const { page, signIn, goTo, leave } = await openDashboard(browser);
  await signIn(salon.staff);
  const dialog = dialogOf(page);
  await opener(page, '15:00').click();
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
  await deliver(created, bookToday(salon, '15:00', MARIA));
  await sql(
    `update calendar_events set client_response = 'wants_to_cancel', client_responded_at = now()
     where salon_id = $1`,
    [salon.id],
  );
  const { page, signIn, goTo, leave } = await openDashboard(browser);
  await signIn(salon.staff);
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

test('the booker becomes a client with their pet, and their next booking finds them', async () => {
  await deliver(created, bookToday(salon, '15:00', MARIA));
  const { page, signIn, leave } = await openDashboard(browser);
  await signIn(salon.staff);
  const dialog = dialogOf(page);
  await opener(page, '15:00').click();
  await dialog.getByRole('button', { name: 'Wybierz klienta' }).click();
  await dialog.getByText('Nowy klient').click();
  await dialog.getByLabel('Imię zwierzęcia').fill('Łatka');

  await dialog.getByRole('button', { name: 'Dodaj klienta: Maria Nowa' }).click();

  await dialog.getByText('Przypisano: Łatka, Maria Nowa.').waitFor();
  await dialog.getByRole('link', { name: 'Łatka' }).waitFor();
  await deliver(created, bookToday(salon, '17:00', MARIA));
  const found = await sql(
    `select c.name, c.has_gdpr_consent as consents from calendar_events e
     join clients c on c.id = e.client_id where e.salon_id = $1`,
    [salon.id],
  );
  expect(found).toEqual(Array(2).fill({ name: 'Maria', consents: false }));
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
  const { page, signIn, leave } = await openDashboard(browser, { viewport, colorScheme });
  await signIn(salon.staff);
  const dialog = dialogOf(page);
  await opener(page, '15:00').click();
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
