import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Member } from './salon.ts';
import { browserStack } from './stack.ts';

/** Somebody who looks at the dashboard, in a browser that nobody used before. */
export interface Visitor {
  page: Page;
  /** Goes to a page of the dashboard, such as `/week`. */
  goTo(place: string): Promise<void>;
  signIn(member: Pick<Member, 'email' | 'password'>): Promise<void>;
  /** Closes the browser; fails if anything went wrong in it that nobody saw. */
  leave(): Promise<void>;
}

/** A desk, and the smallest telephone that is still about. */
export const DESK = { width: 1280, height: 800 };
export const TELEPHONE = { width: 360, height: 740 };

/** Opens the dashboard. The visitor sits far from the salon, which must not matter. */
export async function appointment(
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
  // Among them what the content security policy refused.
  page.on('console', (message) => {
    if (message.type() === 'error' && !isAnswer(message.text())) problems.push(message.text());
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

/** That the server refused something is for the page to tell, and the browser notes it as well. */
function isAnswer(text: string): boolean {
  return text.startsWith('Failed to load resource');
}
