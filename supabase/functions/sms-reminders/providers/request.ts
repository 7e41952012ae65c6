import {
  type HttpAnswer,
  type HttpRequest,
  requestJson,
} from '../../../../shared/http/request-json.ts';
import type { NetworkFault } from '../../../../shared/http/network-fault.ts';

/** Far more than the few messages that one person got within a day or two. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** Sends a request to an SMS provider once. Never throws. */
export async function requestProvider(
  request: Omit<HttpRequest, 'maxAnswerBytes'>,
): Promise<HttpAnswer | NetworkFault> {
  return await requestJson({ ...request, maxAnswerBytes: MAX_ANSWER_BYTES });
}
