import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { created } from '../../cli/simulator/deliveries/events.ts';
import { book } from '../../cli/simulator/world/booking.ts';
import { GROOMING } from '../../cli/simulator/world/services.ts';
import { daysAfter } from '../../shared/time/wall-time.ts';
import { bookToday, deliver, todayIn } from './support/cal-com.ts';
import { launchBrowser } from './support/chromium.ts';
import { createSalon, sql, type TestSalon } from './support/salon.ts';
import { openAs } from './support/visitor.ts';

let browser: Browser;
let salon: TestSalon;

beforeAll(async () => {
  browser = await launchBrowser();
  salon = await createSalon();
  await sql('insert into sms_settings (salon_id, enabled) values ($1, true)', [salon.id]);
  const { calCom, timeZone } = salon;
  const { first, second } = calCom.bookers;
  for (const [time, booker] of [['13:00', second], ['10:00', first], ['08:00', second]] as const) {
    const inThreeDays = daysAfter(bookToday(salon, time).start, 3, timeZone);
    await deliver(created, book(calCom, GROOMING, booker, inThreeDays));
  }
  await addMessage('delivered', null, null, 'Przypomnienie: wizyta jutro');
  await addMessage('skipped', 'no_consent', null, null);
  await addMessage('failed', null, '13', 'Przypomnienie: wizyta dzisiaj');
});

afterAll(() => browser.close());

async function addMessage(
  status: string,
  reason: string | null,
  code: string | null,
  body: string | null,
): Promise<void> {
  const { id, calCom, timeZone } = salon;
  await sql(
    `insert into sms_messages (id, salon_id, client_id, local_date, phone_number, phone, body,
       segments, provider, status, reason, error_code, next_attempt_at, not_after, sent_at)
     values ($1, $2, $3, $4, '501 220 314', '+48501220314', $5, 1, 'log', $6, $7, $8, now(), now(),
       case when $6::sms_message_status = 'delivered' then now() end)`,
    [
      randomUUID(),
      id,
      calCom.bookers.first.link?.clientId,
      todayIn(timeZone),
      body,
      status,
      reason,
      code,
    ],
  );
}

test('the log shows the outcome of each reminder, with the reason in plain words', async () => {
  const { page, leave } = await openAs(browser, salon.staff, '/reminders');
  const rows = page.locator('.reminder');

  const skipped = rows.filter({ hasText: 'Pominięty' });
  await skipped.getByText('Klient nie zgodził się na SMS-y.').waitFor();
  await rows.filter({ hasText: 'Nieudany' }).getByText('kod bramki: 13').waitFor();
  const delivered = rows.filter({ hasText: 'Dostarczony' });
  await delivered.getByText('Treść SMS-a').click();
  await delivered.getByText('Przypomnienie: wizyta jutro').waitFor();

  await page.getByLabel('Pokaż').selectOption('Nieudany');
  await skipped.waitFor({ state: 'detached' });
  await leave();
});

test('the log goes beyond its first page, and is searched by client and day', async () => {
  const busy = await createSalon();
  const { first, second } = busy.calCom.bookers;
  await sql(
    `insert into sms_messages (salon_id, client_id, local_date, next_attempt_at, not_after, status)
     select $1, case when n % 20 = 0 then $2::uuid else $3::uuid end, date '2026-11-01' + n % 10,
       now(), now(), 'sent'
     from generate_series(1, 60) n`,
    [busy.id, first.link?.clientId, second.link?.clientId],
  );
  const { page, leave } = await openAs(browser, busy.staff, '/reminders');
  const rows = page.locator('.reminder');

  await expect.poll(() => rows.count()).toBe(50);
  await page.getByRole('button', { name: 'Pokaż więcej' }).click();
  await expect.poll(() => rows.count()).toBe(60);
  expect(await page.getByRole('button', { name: 'Pokaż więcej' }).count()).toBe(0);

  await page.getByRole('searchbox', { name: 'Szukaj' }).fill('fiona');
  await expect.poll(() => rows.count()).toBe(3);
  await page.getByRole('searchbox', { name: 'Szukaj' }).fill('');
  await page.getByLabel('Dzień wizyty').fill('2026-11-04');
  await expect.poll(() => rows.count()).toBe(6);
  await leave();
});

test('a salon with reminders switched off sees that, not when the first one goes out', async () => {
  const other = await createSalon();
  const { page, leave } = await openAs(browser, other.owner, '/reminders');

  await page.getByText('Przypomnienia są wyłączone').waitFor();
  await page.getByRole('link', { name: 'Przejdź do ustawień' }).click();
  await page.getByLabel('Wysyłaj przypomnienia').waitFor();
  await leave();
});

test('upcoming reminders are listed with their time, in the order of the appointments', async () => {
  const { page, leave } = await openAs(browser, salon.staff, '/reminders/upcoming');

  await page.locator('.reminder', { hasText: 'Zofia Kaczmarek' }).getByText(/SMS wyjdzie: .*17:00/)
    .waitFor();
  const appointments = await page.locator('.reminder').getByText(/^Wizyta: /).allInnerTexts();
  expect(appointments.map((text) => text.slice(-'HH:MM'.length))).toEqual([
    '08:00',
    '10:00',
    '13:00',
  ]);
  await leave();
});

test('staff skip a reminder and take that back, then send it at once, with the keyboard', async () => {
  const { page, goTo, leave } = await openAs(browser, salon.staff, '/reminders/upcoming');
  const zofia = page.locator('.reminder', { hasText: 'Zofia Kaczmarek' });
  const undo = page.getByRole('button', { name: 'Cofnij' });
  const kinds = () =>
    sql<{ status: string; reason: string | null }>(
      `select m.status, m.reason from sms_messages m
       join sms_message_events e on e.message_id = m.id where m.salon_id = $1`,
      [salon.id],
    );

  await zofia.getByRole('button', { name: 'Nie wysyłaj' }).press('Enter');
  await page.getByText('Zofia Kaczmarek: ten SMS nie wyjdzie.').waitFor();
  await zofia.waitFor({ state: 'detached' });
  expect(await kinds()).toEqual([{ status: 'skipped', reason: 'skipped_by_salon' }]);
  await page.keyboard.press('Tab');
  expect(await undo.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await zofia.waitFor();
  expect(await kinds()).toEqual([]);

  const tomasz = page.locator('.reminder', { hasText: '13:00' });
  await tomasz.getByRole('button', { name: 'Wyślij teraz' }).press('Enter');
  await page.getByText('Tomasz Gołąb: SMS jest wysyłany.').waitFor();
  expect(await undo.count()).toBe(0);
  // Long before the next run of the schedule.
  await expect.poll(kinds, { timeout: 10_000 }).toEqual([{ status: 'sent', reason: null }]);
  const actions = await sql(
    `select action, actor_id from salon_activity where salon_id = $1 order by created_at`,
    [salon.id],
  );
  expect(actions).toEqual(['skip', 'unskip', 'send_now'].map((action) => ({
    action,
    actor_id: salon.staff.id,
  })));

  const [sent] = await sql<{ local_date: string }>(
    `select local_date::text from appointments where salon_id = $1 and local_start = '13:00'`,
    [salon.id],
  );
  await goTo(`/week/${sent?.local_date}/day`);
  await page.getByRole('button', { name: /13:00.*Borys/ }).click();
  await page.getByText('Historia zmian').click();
  await page.locator('.activities li', { hasText: 'Przypomnienie wysłane od razu' })
    .getByText('Ty,').waitFor();
  await leave();
});

test('a skipped reminder is sent from the log; one that waits is taken back, one that was sent is not', async () => {
  // In quiet hours, so that a reminder that is sent now waits.
  await sql(
    `update sms_settings set quiet_from = '08:30', quiet_to = '08:00', send_at_local = '08:15'
     where salon_id = $1`,
    [salon.id],
  );
  const { page, leave } = await openAs(browser, salon.staff, '/reminders/upcoming');
  const ten = page.locator('.reminder', { hasText: '10:00' });
  await ten.getByRole('button', { name: 'Nie wysyłaj' }).click();
  await ten.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Historia' }).click();
  await page.getByRole('button', { name: 'Jednak wyślij: Zofia Kaczmarek' }).click();
  await page.getByText('Zofia Kaczmarek: SMS wyjdzie zgodnie z ustawieniami.').waitFor();

  await page.getByRole('link', { name: 'Nadchodzące' }).click();
  const sendNow = async () => {
    await ten.getByRole('button', { name: 'Wyślij teraz' }).click();
    await page.getByText('Zofia Kaczmarek: SMS wyjdzie w ciągu 5 minut').waitFor();
  };
  await sendNow();
  await page.getByRole('button', { name: 'Cofnij' }).click();
  await page.getByText('Cofnięto.').waitFor();
  await sendNow();
  await sql(
    `update sms_messages set status = 'sent', sent_at = now(), maybe_sent_since = now()
     where salon_id = $1 and status = 'pending'`,
    [salon.id],
  );
  await page.getByRole('button', { name: 'Cofnij' }).click();
  await page.getByRole('alert').getByText('Ten SMS już wyszedł albo właśnie wychodzi.').waitFor();
  await leave();
});
