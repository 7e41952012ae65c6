import type { IncomingHttpHeaders } from 'node:http';
import { jwtVerify } from 'jose';
import { jwtKey, type StackKeys } from '../stack/keys.ts';

/** Whether a request is allowed, and the Authorization header that is forwarded. */
export type Verdict =
  | { ok: true; authorization: string | undefined }
  | { ok: false; message: string; hint?: string };

/** The keys that the gateway turns into roles. */
export type GatewayKeys = Omit<StackKeys, 'webhookSecret'>;

/**
 * Decides who calls the Data API, as the hosted gateway does.
 *
 * Every request needs an API key. A user's token in Authorization takes precedence; without one,
 * the key itself decides the role. supabase-js without a session repeats the key there, which does
 * not count as a token.
 */
export function authorizeRest(
  headers: IncomingHttpHeaders,
  url: URL,
  keys: GatewayKeys,
): Verdict {
  const apikey = headers.apikey ?? url.searchParams.get('apikey');
  if (typeof apikey !== 'string') {
    return {
      ok: false,
      message: 'No API key found in request',
      hint: 'No `apikey` request header or url param was found.',
    };
  }
  const roleToken = tokenOf(apikey, keys);
  if (!roleToken) {
    return {
      ok: false,
      message: 'Invalid API key',
      hint: 'Double check your Supabase `anon` or `service_role` API key.',
    };
  }
  const bearer = bearerToken(headers);
  const isUserToken = bearer !== null && !bearer.startsWith('sb_');
  return { ok: true, authorization: `Bearer ${isUserToken ? bearer : roleToken}` };
}

/** Guards a function with `verify_jwt = true`: it accepts any valid token or key of this stack. */
export async function authorizeFunction(
  headers: IncomingHttpHeaders,
  keys: GatewayKeys,
): Promise<Verdict> {
  const bearer = bearerToken(headers);
  const { apikey, authorization } = headers;
  if (typeof apikey === 'string' && tokenOf(apikey, keys)) return { ok: true, authorization };
  if (bearer === null) return { ok: false, message: 'Missing authorization header' };
  if (tokenOf(bearer, keys) || await isValidToken(bearer, keys)) {
    return { ok: true, authorization };
  }
  return { ok: false, message: 'Invalid JWT' };
}

/** The JWT that an API key stands for, or null for a key that is not ours. */
function tokenOf(key: string, keys: GatewayKeys): string | null {
  switch (key) {
    case keys.publishableKey:
    case keys.anonKey:
      return keys.anonKey;
    case keys.secretKey:
    case keys.serviceRoleKey:
      return keys.serviceRoleKey;
    default:
      return null;
  }
}

function bearerToken(headers: IncomingHttpHeaders): string | null {
  const [scheme, token] = headers.authorization?.split(' ') ?? [];
  return scheme?.toLowerCase() === 'bearer' && token ? token : null;
}

async function isValidToken(token: string, keys: GatewayKeys): Promise<boolean> {
  return await jwtVerify(token, jwtKey(keys.jwtSecret)).then(() => true, () => false);
}
