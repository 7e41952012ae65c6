const TABLE_ROLES = ['table', 'rowgroup', 'row', 'cell', 'columnheader'];
const TABLE_PARTS = TABLE_ROLES.map((role) => `[role='${role}']`).join();

/**
 * Takes the roles of a table off the calendar's grid, now and whenever it draws anew: its appointments
 * stand in none of its cells, so a screen reader would find a table full of nothing. The appointments are
 * buttons that name their day. Returns what ends it.
 */
export function keepGridPlain(calendar: HTMLElement): () => void {
  const takeOff = () => {
    for (const part of calendar.querySelectorAll(TABLE_PARTS)) {
      part.removeAttribute('role');
      part.removeAttribute('aria-colindex');
    }
  };
  const observer = new MutationObserver(takeOff);
  observer.observe(calendar, { attributeFilter: ['role'], childList: true, subtree: true });
  takeOff();
  return () => observer.disconnect();
}
