import { decodeJwt, jwtVerify } from 'jose';
import { jwtKey, signUserToken } from '../../stack/keys.ts';
import { type AuthResult, refused } from './auth-error.ts';
import type { AuthSession } from './sessions.ts';
import { type AuthUser, describeUser, type UserAnswer } from './users.ts';

const MS_PER_SECOND = 1_000;

/** The user and session of an access token. */
export interface Caller {
  userId: string;
  sessionId: string;
}

/** What a client gets when it signs in or renews its session. */
export interface SessionAnswer {
  access_token: string;
  token_type: 'bearer';
  expires_in: number;
  /** Seconds since 1970. */
  expires_at: number;
  refresh_token: string;
  user: UserAnswer;
}

/** Signs an access token for the session and builds the answer. */
export async function describeSession(
  session: AuthSession,
  user: AuthUser,
  { jwtSecret, issuer }: { jwtSecret: string; issuer: string },
): Promise<SessionAnswer> {
  const startedAt = Math.floor(session.startedAt.getTime() / MS_PER_SECOND);
  const accessToken = await signUserToken(jwtSecret, user.id, {
    iss: issuer,
    email: user.email,
    phone: '',
    app_metadata: user.app_metadata,
    user_metadata: user.user_metadata,
    amr: [{ method: 'password', timestamp: startedAt }],
    session_id: session.id,
    is_anonymous: false,
  });
  const { iat = 0, exp = 0 } = decodeJwt(accessToken);
  return {
    access_token: accessToken,
    token_type: 'bearer',
    expires_in: exp - iat,
    expires_at: exp,
    refresh_token: session.refreshToken,
    user: describeUser(user),
  };
}

/** Reads the Authorization header of a signed-in client. */
export async function readCaller(
  authorization: string | null,
  jwtSecret: string,
): Promise<AuthResult<Caller>> {
  const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
  if (!token) return refused(401, 'no_authorization', 'This endpoint requires a Bearer token');
  try {
    const { payload } = await jwtVerify(token, jwtKey(jwtSecret), { audience: 'authenticated' });
    const { sub, session_id: sessionId } = payload;
    if (typeof sub === 'string' && typeof sessionId === 'string') {
      return { ok: true, value: { userId: sub, sessionId } };
    }
  } catch {
    // An expired, a forged and a malformed token get the same answer.
  }
  return refused(403, 'bad_jwt', 'invalid JWT: unable to parse or verify signature');
}
