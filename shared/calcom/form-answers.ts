import { isRecord, ownMember } from '../json/records.ts';

/**
 * The booker's answer to a question of the booking form. Cal.com sends
 * `{ label, value, isHidden }`, or the bare value in bookings that are older than the webhook.
 */
export function answerTo(responses: unknown, question: string): unknown {
  const answer = ownMember(responses, question);
  return isRecord(answer) && Object.hasOwn(answer, 'label') ? ownMember(answer, 'value') : answer;
}

/** The answers to all questions whose slug matches, in the order of the form. */
export function answersTo(responses: unknown, questions: RegExp): unknown[] {
  if (!isRecord(responses)) return [];
  return Object.keys(responses)
    .filter((question) => questions.test(question))
    .map((question) => answerTo(responses, question));
}
