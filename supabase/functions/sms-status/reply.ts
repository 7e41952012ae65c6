import { toStorableText } from '../../../shared/json/storable-json.ts';
import { truncate } from '../../../shared/text/truncate.ts';
import type { Enums } from '../../../shared/database.types.ts';

/** What somebody answered to an SMS. */
export type Reply =
  | { kind: 'opt_out' | 'opt_in'; phone: string }
  | {
    kind: 'reply';
    phone: string;
    /** The provider's id, the same when it repeats the reply. */
    replyId: string;
    /** As long as the inbox keeps; never empty. */
    body: string;
    /** Null if only a person can understand it. */
    response: Extract<Enums<'client_response'>, 'coming' | 'wants_to_cancel'> | null;
  }
  | { kind: 'other' };

/** An incoming SMS as a provider reports it. */
export type IncomingSms = {
  from: string;
  body: string;
  replyId: string;
  /** What the provider itself says that the text means, in any language. */
  optOutType?: string | null;
};

/** Words at which Twilio itself stops: twilio.com/docs/messaging/tutorials/advanced-opt-out. */
const STOP_WORDS: readonly string[] = [
  ...['STOP', 'STOPALL', 'UNSUBSCRIBE', 'END', 'QUIT', 'REVOKE', 'OPTOUT', 'CANCEL'],
];

/** Twilio also accepts YES, with which people answer the salon. */
const START_WORDS: readonly string[] = ['START', 'UNSTOP'];

const YES_WORDS: readonly string[] = ['TAK', 'OK', 'YES'];
const NO_WORDS: readonly string[] = ['NIE', 'NO'];

const E164_PATTERN = /^\+[1-9]\d{6,14}$/;
const MAX_BODY_CHARACTERS = 1600;

/** Reads an incoming SMS. A word counts in any case, and with any punctuation: `Tak!`, `stop.` */
export function readReply({ from, body, replyId, optOutType }: IncomingSms): Reply {
  const phone = from.trim();
  const text = truncate(MAX_BODY_CHARACTERS, toStorableText(body));
  if (!E164_PATTERN.test(phone)) return { kind: 'other' };
  const word = withoutPunctuation(optOutType || body);
  if (STOP_WORDS.includes(word)) return { kind: 'opt_out', phone };
  if (START_WORDS.includes(word)) return { kind: 'opt_in', phone };
  if (text === null || replyId === '') return { kind: 'other' };
  return { kind: 'reply', phone, replyId, body: text, response: responseOf(word) };
}

function responseOf(word: string): Extract<Reply, { kind: 'reply' }>['response'] {
  if (YES_WORDS.includes(word)) return 'coming';
  return NO_WORDS.includes(word) ? 'wants_to_cancel' : null;
}

/** In capitals, without what surrounds the text: `Tak, ok!` stays two words. */
function withoutPunctuation(text: string): string {
  return text.normalize('NFKC').toUpperCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');
}
