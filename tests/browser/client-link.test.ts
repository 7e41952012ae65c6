import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { created, rescheduled } from '../../cli/simulator/deliveries/events.ts';
import { book, type Booking, reschedule } from '../../cli/simulator/world/booking.ts';
import { GROOMING } from '../../cli/simulator/world/services.ts';
import { addDays } from '../../shared/time/civil-date.ts';
import { instantAt } from '../../shared/time/wall-time.ts';
import { insertLink } from '../support/insert-link.ts';
import { barriers } from './support/barriers.ts';
import { deliver, todayIn } from './support/cal-com.ts';
import { launchBrowser } from './support/chromium.ts';
import { pressWithKeyboard } from './support/keyboard.ts';
import { createSalon, sql, type TestSalon } from './support/salon.ts';
import { browserStack } from './support/stack.ts';
import { PHONE } from './support/visitor.ts';

/** The heading of an appointment. */
const WHEN = /^\S+, \d+ \S+, godz. 10:00$/;

let browser: Browser;
let salon: TestSalon;

beforeAll(async () => {
  browser = await launchBrowser();
  salon = await createSalon('Psi Styl');
  await sql(`update salons set phone_number = '123456789' where id = $1`, [salon.id]);
});
afterAll(() => browser.close());

/** A booking in a few days, and the link that its client got. */
async function bookWithLink(): Promise<{ booking: Booking; eventId: string; token: string }> {
  const day = addDays(todayIn(salon.timeZone), 3);
  const start = instantAt(`${day}T10:00`, salon.timeZone);
  const booking = book(salon.calCom, GROOMING, salon.calCom.bookers.first, start);
  await deliver(created, booking);
  const [event] = await sql<{ id: string }>(
    'select id from calendar_events where cal_com_event_id = $1',
    [booking.uid],
  );
  const eventId = event?.id ?? '';
  return { booking, eventId, token: await insertLink(sql, eventId) };
}

/** Opens a link on the smallest phone in common use, far from the salon. */
async function openLink(token: string, locale = 'pl-PL'): Promise<Page> {
  const context = await browser.newContext({
    viewport: PHONE,
    locale,
    timezoneId: 'America/Los_Angeles',
  });
  const page = await context.newPage();
  await page.goto(`${browserStack().dashboardUrl}/c/#${token}`);
  return page;
}

const press = (page: Page, name: string) =>
  pressWithKeyboard(page, page.getByRole('button', { name, exact: true }));

const focusedText = (page: Page) => page.evaluate(() => document.activeElement?.textContent);

const readAnswer = async (eventId: string) => {
  const [row] = await sql<{ response: string | null }>(
    'select client_response as response from calendar_events where id = $1',
    [eventId],
  );
  return row?.response;
};

test('the page shows the salon, the time there and the pet, and nothing else', async () => {
  const { eventId, token } = await bookWithLink();
  const page = await openLink(token);
  await page.getByRole('heading', { level: 1, name: 'Psi Styl' }).waitFor();
  const text = await page.getByRole('main').innerText();
  expect(text).toMatch(/^Psi Styl\s+ul\. Prosta 1, Kraków\s+123 456 789\s+/);
  expect(text).toContain(', godz. 10:00');
  expect(text).toContain('Fiona');
  expect(text).not.toMatch(/Zofia|Kaczmarek|501/);
  expect(await page.title()).toBe('Wizyta · Psi Styl');
  expect(await readAnswer(eventId)).toBeNull();
  expect(await barriers(page)).toEqual([]);
  await page.context().close();
});

test('a client says with the keyboard alone that they come', async () => {
  const { eventId, token } = await bookWithLink();
  const page = await openLink(token);
  await press(page, 'Przyjdę');
  await page.getByText('Dziękujemy, do zobaczenia!').waitFor();
  expect(await readAnswer(eventId)).toBe('coming');
  expect(await focusedText(page)).toBe('Przyjdę');
  expect(await barriers(page)).toEqual([]);
  await page.context().close();
});

test('a cancellation is asked for once more, and passed on to a salon without a key', async () => {
  const { eventId, token } = await bookWithLink();
  const page = await openLink(token);
  await press(page, 'Odwołaj');
  await expect.poll(() => focusedText(page)).toBe('Odwołać tę wizytę?');
  expect(await barriers(page)).toEqual([]);
  await press(page, 'Nie, zostaw');
  await expect.poll(() => focusedText(page)).toMatch(WHEN);
  expect(await barriers(page)).toEqual([]);
  expect(await readAnswer(eventId)).toBeNull();
  await press(page, 'Odwołaj');
  await press(page, 'Tak, odwołaj');
  await page.getByText('Przekazaliśmy to salonowi').waitFor();
  await expect.poll(() => focusedText(page)).toMatch(WHEN);
  expect(await barriers(page)).toEqual([]);
  expect(await readAnswer(eventId)).toBe('wants_to_cancel');
  await page.context().close();
});

test('a move continues on Cal.com, and the link shows the new time afterwards', async () => {
  const { booking, eventId, token } = await bookWithLink();
  const page = await openLink(token);
  await page.context().route(
    'https://cal.com/**',
    (route) => route.fulfill({ body: 'Cal.com' }),
  );
  const goToCalCom = async () => {
    await press(page, 'Przełóż');
    await page.waitForURL(`https://cal.com/reschedule/${booking.uid}`);
  };
  await goToCalCom();
  expect(await readAnswer(eventId)).toBe('wants_to_move');
  await page.goBack();
  await page.getByText('Salon wie, że chcesz przełożyć tę wizytę.').waitFor();
  expect(await barriers(page)).toEqual([]);

  await goToCalCom();
  const laterMs = booking.start.getTime() + 4 * 3_600_000;
  await deliver(rescheduled, reschedule(booking, new Date(laterMs)));
  await page.goBack();
  await page.getByText(', godz. 14:00').waitFor();
  expect(await barriers(page)).toEqual([]);
  expect(await readAnswer(eventId)).toBeNull();
  await page.context().close();
});

test('within the notice period the page asks to phone', async () => {
  const { eventId, token } = await bookWithLink();
  await sql(
    'insert into sms_settings (salon_id, notice_hours) values ($1, 168)',
    [salon.id],
  );
  const page = await openLink(token);
  await page.getByText('do 168 godz. przed nią. Teraz prosimy o telefon.').waitFor();
  expect(await page.getByRole('button').allInnerTexts()).toEqual(['English', 'Przyjdę']);
  expect(await barriers(page)).toEqual([]);
  await sql('delete from sms_settings where salon_id = $1', [salon.id]);
  expect(await readAnswer(eventId)).toBeNull();
  await page.context().close();
});

test('an English browser gets an English page, which can be switched', async () => {
  const { token } = await bookWithLink();
  const page = await openLink(token, 'en-GB');
  await page.getByRole('button', { name: 'I am coming' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
  await page.getByRole('button', { name: 'Polski' }).click();
  await page.getByRole('button', { name: 'Przyjdę' }).waitFor();
  await page.context().close();
});

test('a link that is wrong or over says so', async () => {
  const page = await openLink('zzzzzzzzzzzz');
  await page.getByText('Ten link nie działa').waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.context().close();
});

test('without a network the page says so once, and answers as soon as there is one', async () => {
  const { eventId, token } = await bookWithLink();
  const page = await openLink(token);
  const coming = page.getByRole('button', { name: 'Przyjdę' });
  await coming.waitFor();
  await page.context().setOffline(true);
  await coming.click();
  await page.getByRole('button', { name: 'Spróbuj ponownie' }).waitFor();
  expect(await barriers(page)).toEqual([]);
  expect(await page.getByText('Nie udało się połączyć').count()).toBe(1);
  await page.context().setOffline(false);
  await coming.click();
  await page.getByText('Dziękujemy, do zobaczenia!').waitFor();
  expect(await page.getByText('Nie udało się połączyć').count()).toBe(0);
  expect(await readAnswer(eventId)).toBe('coming');
  await page.context().close();
});

test('a link that ends while its page is open offers nothing any more', async () => {
  const { eventId, token } = await bookWithLink();
  const page = await openLink(token);
  await page.getByRole('button', { name: 'Przyjdę' }).waitFor();
  await sql(
    `update calendar_events set start_time = start_time - interval '9 days',
       end_time = end_time - interval '9 days' where id = $1`,
    [eventId],
  );
  await page.getByRole('button', { name: 'Przyjdę' }).click();
  await page.getByText('Ten link nie działa').waitFor();
  expect(await page.getByRole('button').allInnerTexts()).toEqual(['English']);
  await page.context().close();
});
