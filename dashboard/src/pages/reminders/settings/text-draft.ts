import type {
  SmsText,
  SmsTextChange,
  SmsTextKind,
} from '../../../../../shared/calendar/sms-texts.ts';
import { type Moment, timeOfDay } from './draft.ts';

/** The text of a kind in a form. */
export type TextDraft = Moment & { enabled: boolean; template: string };

/** The kinds in the order in which a client may get them. */
export const TEXT_KINDS = [
  'second_reminder',
  'third_reminder',
  'booked',
  'moved',
  'cancelled',
  'answer',
] as const satisfies readonly SmsTextKind[];

/** Before and after the usual first reminder, which goes the day before. */
const USUAL_HOURS: Partial<Record<SmsTextKind, string>> = {
  second_reminder: '2',
  third_reminder: '48',
};

/** Whether a kind is sent. One that was never saved is not, except the answer. */
export function isEnabled(kind: SmsTextKind, text: SmsText | undefined): boolean {
  return text?.enabled ?? kind === 'answer';
}

/** Whether the salon chooses when a kind is sent. */
export function hasMoment(kind: SmsTextKind): boolean {
  return kind in USUAL_HOURS;
}

/** Converts what is stored, if anything is, to a draft. */
export function textDraftOf(
  kind: SmsTextKind,
  text: SmsText | undefined,
  defaultTemplate: string,
): TextDraft {
  return {
    enabled: isEnabled(kind, text),
    mode: text?.mode ?? 'hours_before',
    sendAt: timeOfDay(text?.send_at_local ?? '17:00:00'),
    hoursBefore: text ? String(text.hours_before) : USUAL_HOURS[kind] ?? '2',
    template: text?.template ?? defaultTemplate,
  };
}

/** Converts a draft to what the database stores. */
export function textChangeOf(kind: SmsTextKind, draft: TextDraft): SmsTextChange {
  const { enabled, template, mode } = draft;
  return {
    enabled,
    template,
    ...(hasMoment(kind) && {
      mode,
      send_at_local: draft.sendAt,
      hours_before: Number(draft.hoursBefore),
    }),
  };
}
