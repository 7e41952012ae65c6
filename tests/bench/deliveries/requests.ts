import type { StackKeys } from '../../../local/stack/keys.ts';
import { SIGNATURE_HEADER, signBody } from '../../../shared/calcom/signature.ts';
import type { LoadRequest } from '../measure/http-load.ts';

/** A delivery as Cal.com sends it. */
export async function signedRequest(
  url: string,
  body: string,
  { webhookSecret }: StackKeys,
): Promise<LoadRequest> {
  const bytes = new TextEncoder().encode(body);
  return {
    url,
    body,
    headers: {
      'content-type': 'application/json',
      'content-length': String(bytes.byteLength),
      [SIGNATURE_HEADER]: await signBody(bytes, webhookSecret),
    },
  };
}
