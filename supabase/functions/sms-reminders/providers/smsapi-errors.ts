import type { SendResult } from './provider.ts';

/** The same `idx` was accepted within the last 24 hours. */
const ACCEPTED_BEFORE = '53';

/** The recipient is on the account's opt-out list. */
const OPTED_OUT = '59';

const BAD_SENDER = '14';

/** The recipient (13 33 57 96 112) or the text and its parameters. */
const PERMANENT: readonly string[] = [
  ...['13', '33', '57', '59', '96', '112'],
  ...['11', '12', '17', '18', '19', '20', '25', '27', '28', '30', '54', '56', '70', '76', '94'],
];

/** Token, credit, address filter, permissions. So are those from 1000 on. */
const ACCOUNT: readonly string[] = ['98', '101', '102', '103', '105', '110', '401', '997'];
const FIRST_ACCOUNT_CODE = 1000;

/**
 * Not sent, with the seconds to wait where the reason tells: 52 is more than ten messages a minute
 * to one number, 74 the account's own quiet hours. 200 is a failed submission, 202 and 203 too many
 * requests at a time.
 */
const NOT_SENT = new Map<string, number | null>([
  ['52', 60],
  ['74', 60 * 60],
  ['200', null],
  ['202', null],
  ['203', null],
]);

/**
 * What an error of `sms.do` says of the message; see smsapi.pl/statusy-wiadomosci. The internal
 * errors 8, 201 and 999 and unknown ones may have happened after it was sent.
 *
 * `ownSender` tells that the salon chose the sender's name: a bad one must not stop the others.
 */
export function judgeSmsapiError(code: string, ownSender: boolean): SendResult {
  if (code === ACCEPTED_BEFORE) return { kind: 'accepted', providerMessageId: null };
  if (PERMANENT.includes(code) || (code === BAD_SENDER && ownSender)) {
    return { kind: 'permanent', code, optOut: code === OPTED_OUT };
  }
  if (ACCOUNT.includes(code) || code === BAD_SENDER || Number(code) >= FIRST_ACCOUNT_CODE) {
    return { kind: 'account', code };
  }
  const retryAfterSeconds = NOT_SENT.get(code);
  if (retryAfterSeconds !== undefined) return { kind: 'transient', code, retryAfterSeconds };
  return { kind: 'ambiguous', code };
}
