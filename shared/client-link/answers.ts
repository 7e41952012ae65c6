import type { Enums } from '../database.types.ts';

/** What the client's page shows: `client_link_show`. */
export type ClientView = {
  salon: { name: string; address: string | null; phone: string | null };
  /** IANA name; dates and times below are in it. */
  timezone: string;
  /** The language of the salon's SMS. */
  language: Enums<'reminder_language'>;
  /** Until how many hours before an appointment it can be moved or cancelled. */
  noticeHours: number;
  /** One or more, the earliest first. */
  appointments: ClientAppointment[];
};

/** An appointment as its client sees it. */
export type ClientAppointment = {
  id: string;
  /** ISO 8601. Sent back with an answer, which is about this start only. */
  startTime: string;
  /** `2026-11-24` */
  date: string;
  /** `10:00` */
  start: string;
  pet: string | null;
  cancelled: boolean;
  response: Enums<'client_response'> | null;
  /** Whether it can still be moved and cancelled here. */
  canChange: boolean;
};

/**
 * What became of an answer.
 *
 * - `recorded`: the salon sees that the client comes
 * - `cancelled`: the appointment is cancelled
 * - `passed_on`: the salon sees what the client wants, and does it
 * - `continue`: the client chooses another time at `url`, a page of Cal.com
 */
export type ClientResult =
  | { result: 'recorded' | 'cancelled' | 'passed_on' }
  | { result: 'continue'; url: string };

/** Why a request is refused. */
export type ClientErrorCode =
  | 'invalid_request'
  | 'not_found'
  | 'moved'
  | 'too_late'
  | 'rate_limited'
  | 'method_not_allowed'
  | 'request_timeout'
  | 'payload_too_large'
  | 'server_misconfigured'
  | 'database_unavailable'
  | 'internal_error';
