import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cancelled, created } from '../../cli/simulator/deliveries/events.ts';
import { bookToday, deliver } from './support/cal-com.ts';
import { launchBrowser } from './support/chromium.ts';
import { createSalon, sql, type TestSalon } from './support/salon.ts';
import { openAs, type Visitor } from './support/visitor.ts';

// Windows' contrast themes replace all backgrounds: what only a colour said needs a line.
let browser: Browser;
let salon: TestSalon;
let visitor: Visitor;

beforeAll(async () => {
  browser = await launchBrowser();
  salon = await createSalon();
  await sql(`update pets set allergies = 'kurczak' where salon_id = $1`, [salon.id]);
  await deliver(created, bookToday(salon, '14:00'));
  const called = bookToday(salon, '15:00', salon.calCom.bookers.second);
  await deliver(created, called);
  await deliver(cancelled, called);
  visitor = await openAs(browser, salon.owner, '/', { forcedColors: 'active' });
});
afterAll(async () => {
  await visitor.leave();
  await browser.close();
});

/** A style of each element that is found, or of something before it. */
async function styles(page: Page, selector: string, name: string, pseudo?: string) {
  await page.locator(selector).first().waitFor();
  return await page.locator(selector).evaluateAll(
    (elements, [property, before]) =>
      elements.map((element) => getComputedStyle(element, before).getPropertyValue(property ?? '')),
    [name, pseudo] as const,
  );
}
const only = (values: readonly string[]) => [...new Set(values)];

test.each([
  ['/', '.badge'],
  ['/', '.alert'],
  ['/stats', '.tile'],
])('at %s each %s has a border', async (place, selector) => {
  await visitor.goTo(place);
  expect(only(await styles(visitor.page, selector, 'border-top-style'))).toEqual(['solid']);
});

test.each([
  ['/', '[aria-current="page"]'],
  ['/week', '.segments > [aria-pressed="true"]'],
  ['/reminders', '.segments > [aria-current="page"]'],
])('at %s what is chosen, %s, has an outline', async (place, selector) => {
  await visitor.goTo(place);
  expect(only(await styles(visitor.page, selector, 'outline-style'))).toEqual(['solid']);
  const notChosen = selector.replace(/="\w+"/, '="false"').replace('[aria-current="false"]', 'a');
  const others = await visitor.page.locator(`${notChosen}:not(${selector})`).evaluateAll(
    (elements) => elements.map((element) => getComputedStyle(element).outlineStyle),
  );
  expect(others.length).toBeGreaterThan(0);
  expect(only(others)).toEqual(['none']);
});

test('the bar at the side of an appointment has a colour of its own', async () => {
  await visitor.goTo('/');
  const { page } = visitor;
  const bars = await styles(page, '.appointment', 'background-color', '::before');
  const backgrounds = await styles(page, '.appointment', 'background-color');
  expect(only(bars)).toHaveLength(1);
  expect(bars[0]).not.toBe(backgrounds[0]);
});

test('charts keep their colours', async () => {
  await visitor.goTo('/stats');
  expect(only(await styles(visitor.page, '.chart canvas', 'forced-color-adjust'))).toEqual([
    'none',
  ]);
});
