import { expect, test } from 'vitest';
import { readNetworkFault } from '../../../shared/http/network-fault.ts';

const REFUSED = { kind: 'transient', code: 'connection_refused', retryAfterSeconds: null };
const LOST = { kind: 'ambiguous', code: 'connection_lost' };
const TIMEOUT = { kind: 'ambiguous', code: 'timeout' };

function fetchFailed(cause: string, code?: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(cause), { code }) });
}

test.each([
  [
    'Deno 2.1',
    'a refused connection',
    new TypeError(
      'error sending request for url (http://x/): client error (Connect): tcp connect error: Connection refused (os error 111)',
    ),
    REFUSED,
  ],
  [
    'Deno 2.1',
    'an unknown name',
    new TypeError(
      'error sending request for url (http://x/): client error (Connect): dns error: failed to lookup address information',
    ),
    REFUSED,
  ],
  [
    'Deno 2.1',
    'a closed connection',
    new TypeError(
      'error sending request for url (http://x/): client error (SendRequest): connection closed before message completed',
    ),
    LOST,
  ],
  [
    'Deno 2.1',
    'an answer that breaks off',
    new TypeError('error reading a body from connection'),
    LOST,
  ],
  ['Deno 2.1', 'no answer', new DOMException('Signal timed out.', 'TimeoutError'), TIMEOUT],
  [
    'Deno 2.9',
    'a refused connection',
    fetchFailed(
      'error sending request for url (http://x/): client error (Connect): tcp connect error',
    ),
    REFUSED,
  ],
  [
    'Deno 2.9',
    'a failed TLS handshake',
    fetchFailed('client error (Connect): invalid peer certificate: UnknownIssuer'),
    REFUSED,
  ],
  [
    'Deno 2.9',
    'a closed connection',
    fetchFailed('client error (SendRequest): connection closed before message completed'),
    LOST,
  ],
  ['Deno 2.9', 'a reset connection', fetchFailed('Connection reset by peer (os error 104)'), LOST],
  [
    'Deno 2.9',
    'no answer',
    new DOMException('The operation was aborted due to timeout', 'TimeoutError'),
    TIMEOUT,
  ],
  [
    'Node',
    'a refused connection',
    fetchFailed('connect ECONNREFUSED 127.0.0.1:1', 'ECONNREFUSED'),
    REFUSED,
  ],
  ['Node', 'an unknown name', fetchFailed('getaddrinfo ENOTFOUND x', 'ENOTFOUND'), REFUSED],
  [
    'Node',
    'an unreachable name service',
    fetchFailed('getaddrinfo EAI_AGAIN x', 'EAI_AGAIN'),
    REFUSED,
  ],
  ['Node', 'a reset connection', fetchFailed('read ECONNRESET', 'ECONNRESET'), LOST],
  ['Node', 'a closed connection', fetchFailed('other side closed', 'UND_ERR_SOCKET'), LOST],
  ['any runtime', 'an unknown fault', new TypeError('something new'), LOST],
  ['any runtime', 'a text instead of an error', 'client error (Connect)', LOST],
])('%s: %s', (_runtime, _fault, thrown, expected) => {
  expect(readNetworkFault(thrown)).toEqual(expected);
});
