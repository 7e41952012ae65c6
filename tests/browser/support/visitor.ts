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

/** Opens the dashboard for a visitor in another time zone than the salon's. */
export async function openDashboard(
  browser: Browser,
  options: BrowserContextOptions = {},
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
  await page.goto(dashboardUrl);
  return {
    page,
    goTo: async (place) => {
      await page.goto(`${dashboardUrl}/#${place}`);
    },
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
