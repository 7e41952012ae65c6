import type { Browser, Page, Request, WebSocketRoute } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { created } from '../../cli/simulator/deliveries/events.ts';
import { bookToday, deliver } from './support/cal-com.ts';
import { launchBrowser } from './support/chromium.ts';
import { createSalon, type TestSalon } from './support/salon.ts';
import { installClock, openAs, type Visitor } from './support/visitor.ts';

// The page with a fake of Realtime's server: the local stack has none.
/** Less than the ten seconds between two polls. */
const AT_ONCE = { timeout: 3_000 };

type Frame = { topic: string; event: string; ref: string; payload: Record<string, unknown> };

let browser: Browser;
let salon: TestSalon;
let visitor: Visitor;
const joins: Frame[] = [];
let server: WebSocketRoute | null = null;
let isDown = false;

beforeAll(async () => {
  browser = await launchBrowser();
  salon = await createSalon();
  visitor = await openAs(browser, salon.owner);
  await announceRealtime(visitor.page);
  await installClock(visitor.page);
  await visitor.page.getByText('Dzisiaj nie ma wizyt').waitFor();
});
afterAll(async () => {
  await visitor.leave();
  await browser.close();
});

/** Lets the page believe that the stack has Realtime, which accepts whoever joins. */
async function announceRealtime(page: Page): Promise<void> {
  await page.route('**/config.json', async (route) => {
    const config = await (await route.fetch()).json();
    await route.fulfill({ json: { ...config, hasRealtime: true } });
  });
  await page.routeWebSocket(/\/realtime\/v1\/websocket/, (socket) => {
    if (isDown) {
      socket.close();
      return;
    }
    server = socket;
    socket.onMessage((text) => {
      const frame: Frame = JSON.parse(String(text));
      if (frame.event === 'phx_join') joins.push(frame);
      const reply = { status: 'ok', response: {} };
      socket.send(JSON.stringify({ ...frame, event: 'phx_reply', payload: reply }));
    });
  });
}

function announceChange(): void {
  const payload = { type: 'broadcast', event: 'changed', payload: {} };
  server?.send(
    JSON.stringify({ topic: `realtime:salon:${salon.id}`, event: 'broadcast', ref: null, payload }),
  );
}

/** The views that the page polls today; the inbox, because the menu counts what waits there. */
const POLLED = ['todays_appointments', 'call_list', 'sms_inbox', 'upcoming_appointments'];

/** How many times the page asks for each of them while that many seconds pass for it. */
async function requestsWithin(seconds: number): Promise<number[]> {
  const { page } = visitor;
  const asked: string[] = [];
  let answered = 0;
  const viewOf = (request: Request) => POLLED.find((view) => request.url().includes(`/${view}?`));
  const ask = (request: Request) => {
    const view = viewOf(request);
    if (view && request.method() === 'GET') asked.push(view);
  };
  const answer = (request: Request) => {
    if (viewOf(request) && request.method() === 'GET') answered++;
  };
  // A refresh throws away what is under way.
  page.on('request', ask).on('requestfinished', answer).on('requestfailed', answer);
  for (let passed = 0; passed < seconds; passed += 5) {
    await page.clock.runFor(5_000);
    await expect.poll(() => asked.length - answered).toBeLessThanOrEqual(0);
  }
  page.off('request', ask).off('requestfinished', answer).off('requestfailed', answer);
  return POLLED.map((view) => asked.filter((each) => each === view).length);
}

test('the page joins the private topic of its salon with the user’s token', async () => {
  await expect.poll(() => joins).toEqual([
    expect.objectContaining({
      topic: `realtime:salon:${salon.id}`,
      payload: {
        config: expect.objectContaining({ private: true }),
        access_token: expect.stringMatching(/^ey/),
      },
    }),
  ]);
});

test('a booking appears as soon as a change is announced', async () => {
  await deliver(created, bookToday(salon, '15:00'));
  announceChange();
  await visitor.page.locator('.appointment').filter({ hasText: '15:00' }).waitFor(AT_ONCE);
});

test('it polls seldom while it listens, and as often as before once it cannot', async () => {
  expect(Math.max(...await requestsWithin(100))).toBeLessThanOrEqual(1);
  isDown = true;
  await server?.close();
  expect(Math.min(...await requestsWithin(100))).toBeGreaterThanOrEqual(1);
});
