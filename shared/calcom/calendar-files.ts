/**
 * The members with calendar files for the booker and the host, which Cal.com's payload version
 * 2026-07-27 adds. They repeat the contact data of everybody involved, so they are never stored.
 */
export const CALENDAR_FILES: ReadonlySet<string> = new Set([
  'attendeeIcsContent',
  'organizerIcsContent',
]);

/** Such a member in the text of a body, which may be cut off within the file. */
const CALENDAR_FILE_PATTERN = new RegExp(
  `("(?:${[...CALENDAR_FILES].join('|')})"\\s*:\\s*)"[^"\\\\]*(?:\\\\[^][^"\\\\]*)*(?:"|\\\\?$)`,
  'g',
);

/** Empties the calendar files in the text of a body, also if it is not valid JSON. */
export function withoutCalendarFiles(text: string): string {
  return text.replace(CALENDAR_FILE_PATTERN, '$1""');
}
