import type { SendResult } from './provider.ts';

/** The recipient answered STOP. */
const OPTED_OUT = '21610';

/**
 * The recipient (21211 to 21635) or the text (21602 21617 21619).
 */
const PERMANENT: readonly string[] = [
  ...['21211', '21214', OPTED_OUT, '21612', '21614', '21635'],
  ...['21602', '21617', '21619'],
];

/** The sender is no number or name of the account, or cannot be used for this country. */
const BAD_SENDER: readonly string[] = ['21212', '21601', '21606', '21659', '21660'];

/**
 * Credentials (20003 20005 20008 20404), an account that is not active (10001 90010), its messages of
 * a day (63038), no sender (21603 21703), a trial account (21608), the callback's address (21609), the
 * Messaging Service (21701 21705).
 */
const ACCOUNT: readonly string[] = [
  ...['20003', '20005', '20008', '20404', '10001', '90010', '63038'],
  ...['21603', '21608', '21609', '21701', '21703', '21705'],
];
const ACCOUNT_STATUSES: readonly number[] = [401, 403];

/**
 * Not sent, with the seconds to wait where the reason tells: 21611 is a full queue of the sender,
 * 21408 a country that the account has not enabled, which must not keep others from their messages.
 */
const NOT_SENT = new Map<string, number | null>([['21611', null], ['21408', 60 * 60]]);

/**
 * What an error of the Messages resource says of the message; see twilio.com/docs/api/errors/<code>.
 * An unknown one is permanent: Twilio names a reason only when it refused the request.
 *
 * `ownSender` tells that the salon chose the sender's name: a bad one must not stop the others.
 */
export function judgeTwilioError(code: string, status: number, ownSender: boolean): SendResult {
  const retryAfterSeconds = NOT_SENT.get(code);
  if (retryAfterSeconds !== undefined) return { kind: 'transient', code, retryAfterSeconds };
  const badSender = BAD_SENDER.includes(code);
  const thisMessage = PERMANENT.includes(code) || (badSender && ownSender);
  const allMessages = badSender || ACCOUNT.includes(code) || ACCOUNT_STATUSES.includes(status);
  return allMessages && !thisMessage
    ? { kind: 'account', code }
    : { kind: 'permanent', code, optOut: code === OPTED_OUT };
}
