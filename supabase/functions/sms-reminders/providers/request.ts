import {
  type HttpAnswer,
  type HttpRequest,
  requestJson,
} from '../../../../shared/http/request-json.ts';
import type { NetworkFault } from '../../../../shared/http/network-fault.ts';
import { ONE_REQUEST } from '../../../../shared/http/one-request.ts';

/** Far more than the few messages that one person got within a day or two. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** Sends a request to an SMS provider once. Never throws. */
export async function requestProvider(
  request: Omit<HttpRequest, 'maxAnswerBytes'>,
): Promise<HttpAnswer | NetworkFault> {
  const headers = new Headers(request.init.headers);
  headers.set(ONE_REQUEST.name, ONE_REQUEST.value);
  const init = { ...request.init, headers };
  return await requestJson({ ...request, init, maxAnswerBytes: MAX_ANSWER_BYTES });
}
