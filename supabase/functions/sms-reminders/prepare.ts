import type { Enums } from '../../../shared/database.types.ts';
import { type PhoneProblem, toMobile } from './phone.ts';
import {
  type ReminderInput,
  type ReminderText,
  renderReminder,
} from '../../../shared/sms/reminder-text.ts';
import { clientLink, EXAMPLE_TOKEN, withoutToken } from '../../../shared/sms/client-link.ts';
import type { ReminderSource } from './claimed-message.ts';

/** Why a number or a text cannot be used. */
export type Problem = PhoneProblem | 'template' | 'too_long';

/** A message ready for a provider. */
export type Prepared = {
  phone: string;
  body: string;
  /** The body without the token of its link, to be kept. */
  keptBody: string;
  encoding: Enums<'sms_encoding'>;
  segments: number;
};

/**
 * Why there is no message. `unwritable` means that this runtime cannot write it, for example because
 * only Postgres knows the time zone.
 */
export type Unprepared = { ok: false; problem: Problem } | typeof UNWRITABLE;

const UNWRITABLE = { ok: false, problem: 'unwritable' } as const;

/** What applies to every message: the countries that get any, and the page that links lead to. */
export type Rules = { countries: readonly string[]; linkUrl: string | null };

/** Writes the reminder of at least one appointment as of `now`, with words such as tomorrow. */
export function prepare(
  source: ReminderSource,
  { countries, linkUrl }: Rules,
  now: Date,
): { ok: true; message: Prepared } | Unprepared {
  const mobile = toMobile(source.phone, countries);
  if (!mobile.ok) return mobile;
  const token = source.link_token ?? EXAMPLE_TOKEN;
  const link = linkUrl === null ? null : clientLink(linkUrl, token);
  const text = write(source, link, now);
  if (!text.ok) return text;
  const { body, encoding, segments } = text;
  const keptBody = withoutToken(body, token);
  return { ok: true, message: { phone: mobile.e164, body, keptBody, encoding, segments } };
}

function write(
  source: ReminderSource,
  link: string | null,
  now: Date,
): ReminderText | typeof UNWRITABLE {
  try {
    return renderReminder(toInput(source, link, now));
  } catch {
    return UNWRITABLE;
  }
}

function toInput(source: ReminderSource, link: string | null, now: Date): ReminderInput {
  return {
    template: source.template,
    language: source.language,
    transliterate: source.transliterate,
    maxSegments: source.max_segments,
    allowedLinks: source.allowed_links,
    salon: {
      name: source.salon_name,
      address: source.salon_address,
      phone: source.salon_phone,
      timezone: source.timezone,
    },
    clientName: source.client_name,
    appointments: source.appointments,
    link,
    now,
  };
}
