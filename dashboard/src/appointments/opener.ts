/** Marks what opens the dialog of an appointment. */
export const OPENER = 'data-opens';

/**
 * Returns the focus to what opened the dialog of an appointment, or else to the heading: the browser
 * returns it only if the element is still there, and an action may have drawn it again.
 */
export function focusOpener(appointmentId: string): void {
  const opener = document.querySelector<HTMLElement>(`[${OPENER}="${appointmentId}"]`);
  (opener ?? document.querySelector('h1'))?.focus();
}
