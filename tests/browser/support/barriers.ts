import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SERIOUS = ['serious', 'critical'];
const TOUCH_PX = 44;

/** What keeps people from using the page as it is shown. */
export async function barriers(page: Page): Promise<string[]> {
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return [
    ...await accessibilityProblems(page),
    ...await smallControls(page),
    ...(sideways > 0 ? [`${sideways} px beyond the edge`] : []),
  ];
}

/** The serious accessibility problems of the page, or of its open dialog, as axe describes them. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  if (!await page.evaluate(`'axe' in globalThis`)) await page.evaluate(await axe);
  // What passed would be described at length, too.
  const results = await page.evaluate<AxeResults>(
    `axe.run(document.querySelector('dialog[open]') ?? document, { resultTypes: ['violations'] })`,
  );
  return results.violations
    .filter(({ impact }) => SERIOUS.includes(impact ?? ''))
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** The controls that are too small for a finger. A link in a card of a pet fills the card. */
async function smallControls(page: Page): Promise<string[]> {
  return await page.evaluate((least) => {
    const controls = 'a:not(.pet-row a), button:not(.link), select, summary, textarea, ' +
      'input:not([type=checkbox], [type=radio]), label.choice';
    return [...document.querySelectorAll(controls)]
      .map((control) => ({ control, box: control.getBoundingClientRect() }))
      .filter(({ box }) => box.height > 0 && box.height < least)
      .map(({ control, box }) => `${box.height} px high: ${control.outerHTML}`);
  }, TOUCH_PX);
}
