import { type AuthResult, refused } from './auth-error.ts';
import type { AuthDeps } from './deps.ts';
import { renewSession, startSession } from './sessions.ts';
import { describeSession, type SessionAnswer } from './tokens.ts';
import { findUser, signInUser } from './users.ts';

/** Answers `/token`: starts or renews a session. `address` is the client's. */
export async function grant(
  type: string | null,
  body: Record<string, unknown>,
  address: string,
  deps: AuthDeps,
): Promise<AuthResult<SessionAnswer>> {
  const { email, password, refresh_token: token } = body;
  switch (type) {
    case 'password':
      return typeof email === 'string' && typeof password === 'string'
        ? await signIn(email, password, address, deps)
        : refused(400, 'validation_failed', 'missing email or phone');
    case 'refresh_token':
      return typeof token === 'string'
        ? await renew(token, deps)
        : refused(400, 'validation_failed', 'refresh_token required');
    default:
      return refused(400, 'invalid_credentials', 'unsupported_grant_type');
  }
}

async function signIn(
  email: string,
  password: string,
  address: string,
  deps: AuthDeps,
): Promise<AuthResult<SessionAnswer>> {
  const { limiter, nowMs, transaction } = deps;
  if (limiter.isLimited(address, nowMs())) {
    return refused(429, 'over_request_rate_limit', 'Request rate limit reached');
  }
  const result = await transaction<AuthResult<SessionAnswer>>(async (database) => {
    const user = await signInUser(database, email, password);
    if (!user.ok) return user;
    const session = await startSession(database, user.value.id);
    return { ok: true, value: await describeSession(session, user.value, deps) };
  });
  if (!result.ok) limiter.countWrong(address, nowMs());
  return result;
}

async function renew(token: string, deps: AuthDeps): Promise<AuthResult<SessionAnswer>> {
  return await deps.transaction(async (database) => {
    const session = await renewSession(database, token);
    if (!session.ok) return session;
    const user = await findUser(database, session.value.userId);
    if (!user || user.banned) {
      return refused(400, 'user_banned', 'Invalid Refresh Token: User Banned');
    }
    return { ok: true, value: await describeSession(session.value, user, deps) };
  });
}
