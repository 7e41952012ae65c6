import { ask, type HttpAnswer, type HttpRequest } from '../http/ask.ts';
import type { NetworkFault } from '../http/network-fault.ts';

/** Far more than the few messages that one person got within a day or two. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** Asks an SMS gateway once. Never throws. */
export async function askGateway(
  request: Omit<HttpRequest, 'maxAnswerBytes'>,
): Promise<HttpAnswer | NetworkFault> {
  return await ask({ ...request, maxAnswerBytes: MAX_ANSWER_BYTES });
}
