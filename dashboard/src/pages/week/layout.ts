import type { CivilDate } from '../../../../shared/time/civil-date.ts';

/** The layouts of the calendar. */
export const LAYOUTS = ['week', 'day', 'list'] as const;

export type Layout = typeof LAYOUTS[number];

/** Whether it is the name of a layout. */
export function isLayout(text: string | undefined): text is Layout {
  return LAYOUTS.some((layout) => layout === text);
}

/** Whether it is a date in the calendar, such as `2026-12-02` but not `2026-02-30`. */
export function isDate(text: string | undefined): text is CivilDate {
  if (text === undefined || !/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
