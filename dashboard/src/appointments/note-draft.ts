import { draftNames, forgetDraft } from '../data/use-draft.ts';

/** A note that is being written, and the one that its writer had read. */
export type NoteDraft = { text: string; before: string | null };

const START = 'note-';

/** The name of the draft of a note. */
export function noteDraftName(appointmentId: string): string {
  return START + appointmentId;
}

/** The appointments whose notes were begun in this tab and neither saved nor discarded. */
export function appointmentsWithDraft(): string[] {
  return draftNames(START).map((name) => name.slice(START.length));
}

/** Forgets the draft of a note. */
export function forgetNoteDraft(appointmentId: string): void {
  forgetDraft(noteDraftName(appointmentId));
}
