import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const SERIOUS = ['serious', 'critical'];
const TOUCH_PX = 44;

const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The serious accessibility problems of the page, as axe describes them. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  const results = await page.evaluate<AxeResults>(`${await axe}; axe.run()`);
  return results.violations
    .filter(({ impact }) => SERIOUS.includes(impact ?? ''))
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

/** The controls that are too small for a finger. A link in a card of a pet fills the card. */
export async function smallControls(page: Page): Promise<string[]> {
  return await page.evaluate((least) => {
    const controls = 'a:not(.pet-row a), button:not(.link), select, summary, textarea, ' +
      'input:not([type=checkbox], [type=radio]), label.choice';
    return [...document.querySelectorAll(controls)]
      .map((control) => ({ control, box: control.getBoundingClientRect() }))
      .filter(({ box }) => box.height > 0 && box.height < least)
      .map(({ control, box }) => `${box.height} px high: ${control.outerHTML}`);
  }, TOUCH_PX);
}
