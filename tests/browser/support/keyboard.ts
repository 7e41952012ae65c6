import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { isFocused } from './appointments.ts';

/** More stops than any page has. */
const MAX_STOPS = 150;

/** Goes on with the Tab key until an element has the focus. */
export async function tabTo(page: Page, element: Locator): Promise<void> {
  await element.waitFor();
  for (let stop = 0; stop < MAX_STOPS; stop++) {
    if (await isFocused(element)) return;
    await page.keyboard.press('Tab');
  }
  expect.fail(`The Tab key does not lead to ${element}`);
}

/** Presses a button with the keyboard alone. */
export async function pressWithKeyboard(page: Page, button: Locator): Promise<void> {
  await tabTo(page, button);
  await page.keyboard.press('Enter');
}
