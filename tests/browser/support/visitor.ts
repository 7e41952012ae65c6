import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Member } from './salon.ts';
import { browserStack } from './stack.ts';

/** A user of the dashboard, with a fresh browser profile. */
export interface Visitor {
  page: Page;
  /** Goes to a page of the dashboard, such as `/week`. */
  goTo(place: string): Promise<void>;
  signIn(member: Pick<Member, 'email' | 'password'>): Promise<void>;
  /** Closes the browser; fails if it logged errors or made unexpected requests. */
  leave(): Promise<void>;
}

/** A desktop screen, and the smallest phone in common use. */
export const DESK = { width: 1280, height: 800 };
export const PHONE = { width: 360, height: 740 };

/** Where the dashboard keeps the session. */
const SESSION_KEY = 'barkbook-session';

/** How soon an open page shows a change without Realtime. */
const POLL_MS = 10_000;

/**
 * Opens a page of the dashboard for a user who is signed in already, which takes half the time of
 * signing in there.
 */
export async function openAs(
  browser: Browser,
  member: Pick<Member, 'email' | 'password'>,
  place = '/',
  options: BrowserContextOptions = {},
): Promise<Visitor> {
  const { dashboardUrl: origin } = browserStack();
  const localStorage = [{ name: SESSION_KEY, value: await startSession(member) }];
  const storageState = { cookies: [], origins: [{ origin, localStorage }] };
  return await openDashboard(browser, { ...options, storageState }, place);
}

/** Reloads the page with a clock that the test can move on, so that nobody has to wait for polls. */
export async function installClock(page: Page): Promise<void> {
  await page.clock.install();
  await page.reload();
}

/** Lets the ten seconds pass for the page in which it has to refresh by itself. */
export async function letItPoll(page: Page): Promise<void> {
  await page.clock.runFor(POLL_MS);
}

/** The session of a user as the dashboard stores it. */
async function startSession(
  { email, password }: Pick<Member, 'email' | 'password'>,
): Promise<string> {
  const { apiUrl, publishableKey } = browserStack();
  const answer = await fetch(`${apiUrl}/auth/v1/token?grant_type=password`, {
    method: 'POST',
    headers: { apikey: publishableKey, 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const session = await answer.text();
  expect(answer.status, session).toBe(200);
  return session;
}

/** Marks the browser's access token as expired; returns the refresh token. */
export async function expireToken(page: Page): Promise<string> {
  return await page.evaluate((key) => {
    const session = JSON.parse(localStorage.getItem(key) ?? '');
    const expired = { ...session, expires_at: 1, expires_in: 0 };
    localStorage.setItem(key, JSON.stringify(expired));
    return session.refresh_token;
  }, SESSION_KEY);
}

/** Opens the dashboard for a visitor in another time zone than the salon's. */
export async function openDashboard(
  browser: Browser,
  options: BrowserContextOptions = {},
  place = '/',
): Promise<Visitor> {
  const { dashboardUrl, apiUrl } = browserStack();
  const context = await browser.newContext({
    viewport: DESK,
    locale: 'en-US',
    timezoneId: 'America/Los_Angeles',
    ...options,
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  // These include violations of the content security policy.
  page.on('console', (message) => {
    if (message.type() === 'error' && !isRefusedRequest(message.text())) {
      problems.push(message.text());
    }
  });
  page.on('request', (request) => {
    const { origin } = new URL(request.url());
    const isOurs = [dashboardUrl, apiUrl, 'null'].includes(origin);
    if (!isOurs) problems.push(`a request to ${origin}`);
  });
  const goTo = async (at: string) => {
    await page.goto(`${dashboardUrl}/#${at}`);
  };
  await goTo(place);
  return {
    page,
    goTo,
    signIn: async ({ email, password }) => {
      await page.getByLabel('E-mail').fill(email);
      await page.locator('#password').fill(password);
      await page.keyboard.press('Enter');
      await page.getByRole('navigation').first().waitFor();
    },
    leave: async () => {
      await context.close();
      expect(problems).toEqual([]);
    },
  };
}

/** Whether the message is about a refused request, which the page itself reports. */
function isRefusedRequest(text: string): boolean {
  return text.startsWith('Failed to load resource');
}
