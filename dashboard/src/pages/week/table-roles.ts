const TABLE_ROLES = ['table', 'rowgroup', 'row', 'cell', 'columnheader'];
const TABLE_PARTS = TABLE_ROLES.map((role) => `[role='${role}']`).join();

/**
 * Removes the roles of a table from the calendar's grid, now and whenever it rerenders: the
 * appointments are not inside its cells, so screen readers would find an empty table. The
 * appointments themselves are buttons that name their day. Returns a function that stops this.
 */
export function removeTableRoles(calendar: HTMLElement): () => void {
  const removeRoles = () => {
    for (const part of calendar.querySelectorAll(TABLE_PARTS)) {
      part.removeAttribute('role');
      part.removeAttribute('aria-colindex');
    }
  };
  const observer = new MutationObserver(removeRoles);
  observer.observe(calendar, { attributeFilter: ['role'], childList: true, subtree: true });
  removeRoles();
  return () => observer.disconnect();
}
