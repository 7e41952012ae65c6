import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { created, rescheduled } from '../../cli/simulator/deliveries/events.ts';
import { reschedule } from '../../cli/simulator/world/booking.ts';
import { type CalcomAccount, createAccount, store } from '../support/calcom/account.ts';
import type { CalcomServer } from '../support/calcom/server.ts';
import { isFocused, openerOf } from './support/appointments.ts';
import { barriers } from './support/barriers.ts';
import { bookToday, deliver } from './support/cal-com.ts';
import { startCalcom } from './support/calcom-stand-in.ts';
import { launchBrowser } from './support/chromium.ts';
import { pressWithKeyboard } from './support/keyboard.ts';
import { createSalon, sql, type TestSalon } from './support/salon.ts';
import { browserStack } from './support/stack.ts';
import { installClock, letItPoll, openAs, PHONE } from './support/visitor.ts';

/** Less than the time until the page would ask once more by itself. */
const SOON = { timeout: 9_000 };
/** How long a function may take on a busy machine. */
const PATIENT = { timeout: 25_000 };

let browser: Browser;
let calcom: CalcomServer;
let salon: TestSalon;
let account: CalcomAccount;

beforeAll(async () => {
  browser = await launchBrowser();
  salon = await createSalon();
  account = createAccount(salon.calCom);
  calcom = await startCalcom([account]);
  await sql('select public.set_calcom_api_key($1, $2)', [salon.id, account.apiKey]);
  await sql(
    `insert into sms_settings
       (salon_id, enabled, quiet_from, quiet_to, min_lead, delay_after_booking, notice_hours)
     values ($1, true, '00:00', '00:00', '0', '0', 0)`,
    [salon.id],
  );
  await sql(`insert into sms_texts (salon_id, kind, enabled) values ($1, 'booked', true)`, [
    salon.id,
  ]);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await calcom.stop();
  expect(calcom.violations).toEqual([]);
});

/** Waits for the only SMS of the salon, and reads the token that only its text has. */
async function receivedToken(): Promise<string> {
  const sent = () =>
    sql<{ id: string }>(
      `select id from sms_messages where salon_id = $1 and status = 'sent'`,
      [salon.id],
    );
  await expect.poll(async () => (await sent()).length, PATIENT).toBe(1);
  const [message] = await sent();
  const [row] = await sql<{ token: string }>('select private.client_link_token($1) as token', [
    message?.id,
  ]);
  return row?.token ?? '';
}

test(
  'a client books, gets an SMS, comes, moves and cancels by keyboard, and staff see it at once',
  async () => {
    const staff = await openAs(browser, salon.staff);
    await installClock(staff.page);
    const cards = staff.page.locator('.appointments .appointment');

    const booking = bookToday(salon, '22:00');
    store(account, booking, { createdAt: Date.now(), status: 'accepted' });
    await deliver(created, booking);
    await letItPoll(staff.page);
    await openerOf(staff.page, '22:00').waitFor(SOON);
    await sql(`select private.call_function('sms-reminders')`);

    const context = await browser.newContext({ viewport: PHONE, locale: 'pl-PL' });
    const phone = await context.newPage();
    await phone.goto(`${browserStack().dashboardUrl}/c/#${await receivedToken()}`);
    const press = (name: string) =>
      pressWithKeyboard(phone, phone.getByRole('button', { name, exact: true }));
    await press('Przyjdę');
    await phone.getByText('Dziękujemy, do zobaczenia!').waitFor();
    await letItPoll(staff.page);
    await cards.filter({ hasText: 'Przyjdzie' }).waitFor(SOON);

    await phone.context().route(
      'https://cal.com/**',
      (route) => route.fulfill({ body: 'Cal.com' }),
    );
    await press('Przełóż');
    await phone.waitForURL(/^https:\/\/cal\.com\/reschedule\//);
    const moved = reschedule(booking, new Date(booking.start.getTime() + 1_800_000));
    store(account, moved, { createdAt: Date.now(), status: 'accepted' });
    await deliver(rescheduled, moved);
    await letItPoll(staff.page);
    await openerOf(staff.page, '22:30').waitFor(SOON);
    expect(await cards.filter({ hasText: 'Przyjdzie' }).count()).toBe(0);

    await phone.goBack();
    await phone.getByText(', godz. 22:30').waitFor();
    await press('Odwołaj');
    await press('Tak, odwołaj');
    await phone.getByText('odwołana').waitFor();
    await expect.poll(() => isFocused(phone.getByRole('heading', { level: 2 }))).toBe(true);
    expect(await barriers(phone)).toEqual([]);
    expect(account.bookings.at(-1)).toMatchObject({ status: 'cancelled' });
    await letItPoll(staff.page);
    await cards.filter({ hasText: 'Odwołana' }).waitFor(SOON);

    await context.close();
    await staff.leave();
  },
  150_000,
);
