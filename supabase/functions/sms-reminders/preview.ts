import type { Enums } from '../../../shared/database.types.ts';
import { maskPhone } from '../../../shared/sms/mask-phone.ts';
import { toMobile } from './phone.ts';
import type { ReminderInput } from '../../../shared/sms/reminder-text.ts';
import type { PreviewedReminder } from './claimed-message.ts';
import { prepare, type Rules, type Unprepared } from './prepare.ts';

/** One reminder as a dry run shows it: what would be sent, or why it would not be. */
export type ReminderPreview = {
  salonId: string;
  salon: string;
  /** Null, like everything after it, when the salon's settings are broken. */
  timezone: string | null;
  client: string | null;
  kind: Enums<'sms_message_kind'> | null;
  appointments: ReminderInput['appointments'];
  sendAt: string | null;
  notAfter: string | null;
  /** Masked; null when there is no number to send to. */
  phone: string | null;
  body: string | null;
  segments: number | null;
  skipReason: PreviewedReminder['skip_reason'] | Unprepared['problem'];
};

/** Writes a reminder as it will read when it is sent. */
export function preview(
  reminder: PreviewedReminder,
  rules: Rules,
): ReminderPreview {
  const { salon_id: salonId, salon_name: salon, skip_reason: skipReason } = reminder;
  const unknown = { ...NOTHING, salonId, salon, skipReason };
  if (reminder.timezone === null) return unknown;

  const mobile = toMobile(reminder.phone, rules.countries);
  const known = {
    ...unknown,
    timezone: reminder.timezone,
    client: reminder.client_name,
    kind: reminder.kind,
    appointments: reminder.appointments,
    sendAt: reminder.send_at,
    notAfter: reminder.not_after,
    phone: mobile.ok ? maskPhone(mobile.e164) : null,
  };
  if (skipReason !== null) return known;

  const prepared = prepare(reminder, rules, new Date(reminder.send_at));
  if (!prepared.ok) return { ...known, skipReason: prepared.problem };
  const { keptBody: body, segments } = prepared.message;
  return { ...known, body, segments };
}

const NOTHING = {
  timezone: null,
  client: null,
  kind: null,
  appointments: [],
  sendAt: null,
  notAfter: null,
  phone: null,
  body: null,
  segments: null,
};
