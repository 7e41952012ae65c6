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

/** Returns a function that returns the focus to the appointment that has it now, if it is drawn again. */
export function focusKeeper(): () => void {
  const focusedId = document.activeElement?.getAttribute(OPENER);
  return () => {
    if (focusedId && document.activeElement === document.body) focusOpener(focusedId);
  };
}
