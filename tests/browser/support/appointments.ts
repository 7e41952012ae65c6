import type { Locator, Page } from 'playwright-core';
import type { Booker } from '../../../cli/simulator/world/salons.ts';

/** Somebody who is not a client of the salon yet. */
export const NEWCOMER: Booker = {
  firstName: 'Maria',
  lastName: 'Nowa',
  email: 'maria@poczta.example',
  phone: '+48698765432',
  dog: 'Łatka',
  link: null,
};

/** The dialog of an appointment. */
export function dialogOf(page: Page): Locator {
  return page.getByRole('dialog', { name: 'Szczegóły wizyty' });
}

/** What opens the dialog of the appointment at a time, such as `15:00`. */
export function openerOf(page: Page, time: string): Locator {
  return page.getByRole('button', { name: `Otwórz wizytę: ${time}` });
}

/** Whether an element has the focus. */
export async function isFocused(element: Locator): Promise<boolean> {
  return await element.evaluate((node) => node === document.activeElement);
}
