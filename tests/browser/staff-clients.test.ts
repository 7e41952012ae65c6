import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { created } from '../../cli/simulator/deliveries/events.ts';
import { dialogOf, isFocused, NEWCOMER, openerOf } from './support/appointments.ts';
import { bookToday, deliver } from './support/cal-com.ts';
import { launchBrowser } from './support/chromium.ts';
import { createSalon, sql, type TestSalon } from './support/salon.ts';
import { openAs } from './support/visitor.ts';

let browser: Browser;
let salon: TestSalon;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  salon = await createSalon();
});

test('a wrong phone number is corrected where the client is called from', async () => {
  await deliver(created, bookToday(salon, '15:00'));
  const { page, leave } = await openAs(browser, salon.staff);
  const dialog = dialogOf(page);
  await openerOf(page, '15:00').click();
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
  const { page, leave } = await openAs(browser, salon.owner, `/pets/${first.link?.petId}`);
  await page.getByRole('button', { name: 'Telefon i zgoda: Zofia Kaczmarek' }).click();

  await page.getByRole('button', { name: 'Wycofaj zgodę' }).click();
  await page.getByText('Zgoda wycofana. Klient nie dostanie SMS-ów.').waitFor();
  await page.getByText('Nie ma zgody na SMS-y').waitFor();
  expect(await consent()).toEqual({ given: false, day: null, source: null });

  await page.getByRole('button', { name: 'Cofnij' }).click();
  // The page shows it at once, before it is saved.
  await page.getByText('od 2 marca 2026, zapisana w salonie').waitFor();
  await expect.poll(consent).toEqual({ given: true, day: '2026-03-02', source: 'salon' });

  await page.getByRole('button', { name: 'Wróć' }).click();
  expect(await isFocused(page.getByRole('button', { name: 'Telefon i zgoda: Zofia Kaczmarek' })))
    .toBe(true);
  await leave();
});

test('the booker becomes a client with their pet, and their next booking finds them', async () => {
  await deliver(created, bookToday(salon, '15:00', NEWCOMER));
  const { page, leave } = await openAs(browser, salon.staff);
  const dialog = dialogOf(page);
  await openerOf(page, '15:00').click();
  await dialog.getByRole('button', { name: 'Wybierz klienta' }).click();
  await dialog.getByText('Nowy klient').click();
  await dialog.getByLabel('Imię zwierzęcia').fill('Łatka');

  await dialog.getByRole('button', { name: 'Dodaj klienta: Maria Nowa' }).click();

  await dialog.getByText('Przypisano: Łatka, Maria Nowa.').waitFor();
  await dialog.getByRole('link', { name: 'Łatka' }).waitFor();
  await deliver(created, bookToday(salon, '17:00', NEWCOMER));
  const found = await sql(
    `select c.name, c.has_gdpr_consent as consents from calendar_events e
     join clients c on c.id = e.client_id where e.salon_id = $1`,
    [salon.id],
  );
  expect(found).toEqual(Array(2).fill({ name: 'Maria', consents: false }));
  await leave();
});

test('a new client is added while their appointment is booked', async () => {
  const { page, leave } = await openAs(browser, salon.staff);
  await page.getByRole('button', { name: 'Nowa wizyta' }).click();
  const dialog = page.getByRole('dialog', { name: 'Nowa wizyta' });
  await dialog.getByText('Nowy klient').click();
  await dialog.getByLabel('Imię i nazwisko').fill('Ewa Lis-Nowak');
  await dialog.getByLabel('Telefon', { exact: true }).fill('691 440 205');
  await dialog.getByLabel('Imię zwierzęcia').fill('Tofik');
  await dialog.getByLabel('Klient zgadza się na SMS-y').check();
  await dialog.getByRole('button', { name: 'Dodaj klienta' }).click();

  await dialog.getByText('Ewa Lis-Nowak').waitFor();
  await dialog.getByText('Tę zmianę zrobisz na stronie Cal.com.').waitFor();
  const href = await dialog.getByRole('link', { name: 'Otwórz Cal.com' }).getAttribute('href');
  const opened = new URL(href ?? '');
  expect(opened.origin + opened.pathname).toBe(`https://cal.com/${salon.calCom.username}`);
  expect(opened.searchParams.get('name')).toBe('Ewa Lis-Nowak');
  expect(
    await sql(
      `select c.surname, p.name as pet, c.has_gdpr_consent as consents,
       c.gdpr_consent_source::text as source
     from clients c join client_pets cp on cp.client_id = c.id join pets p on p.id = cp.pet_id
     where c.salon_id = $1 and c.name = 'Ewa'`,
      [salon.id],
    ),
  ).toEqual([{ surname: 'Lis-Nowak', pet: 'Tofik', consents: true, source: 'salon' }]);
  await leave();
});
