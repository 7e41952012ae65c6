import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../../local/setup/paths.ts';
import { launchBrowser } from './support/chromium.ts';
import { createDemoSalon } from './support/demo.ts';
import type { TestSalon } from './support/salon.ts';
import { DESK, openAs, PHONE } from './support/visitor.ts';

/** Whether to write the pictures, which differ from day to day. */
const UPDATE = process.env.UPDATE_SCREENSHOTS === 'true';
const DIR = join(projectRoot, 'dashboard', 'screenshots');
const MAX_BYTES = 200_000;

let browser: Browser;
let salon: TestSalon;

beforeAll(async () => {
  browser = await launchBrowser();
  salon = await createDemoSalon();
  await mkdir(DIR, { recursive: true });
});

afterAll(() => browser.close());

test.each([
  // Of an appointment that is not over when the hour ends while this runs.
  { name: 'today', place: '/', viewport: DESK, shown: 'chora trzustka' },
  { name: 'week', place: '/week', viewport: DESK, shown: 'Jan Wójcik' },
  { name: 'reminders', place: '/reminders', viewport: DESK, shown: 'Klient nie zgodził się' },
  { name: 'sync', place: '/sync', viewport: DESK, shown: 'Ponów' },
  { name: 'today-phone', place: '/', viewport: PHONE, shown: 'chora trzustka' },
])('the documents show $name', async ({ name, place, viewport, shown }) => {
  const { page, leave } = await openAs(browser, salon.owner, place, {
    viewport,
    // So that text is sharp in the small picture too.
    deviceScaleFactor: viewport === PHONE ? 2 : 1,
    reducedMotion: 'reduce',
  });
  await page.getByText(shown).first().waitFor();
  await page.waitForLoadState('networkidle');

  const picture = await page.screenshot();

  expect(picture.length).toBeLessThan(MAX_BYTES);
  if (UPDATE) await writeFile(join(DIR, `${name}.png`), picture);
  await leave();
});
