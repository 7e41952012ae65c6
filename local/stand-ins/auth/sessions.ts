import { randomBytes } from 'node:crypto';
import type pg from 'pg';
import { type AuthResult, refused } from './auth-error.ts';

/** A session of a signed-in user, with the token that renews it. */
export interface AuthSession {
  id: string;
  userId: string;
  startedAt: Date;
  refreshToken: string;
}

/** Which sessions of a user end. */
export type SignOutScope = 'global' | 'local' | 'others';

/** How long a used token still works, for a client that sent two requests at once. */
const REUSE_INTERVAL = '10 seconds';
const TOKEN_BYTES = 16;

/** Starts a session. */
export async function startSession(database: pg.ClientBase, userId: string): Promise<AuthSession> {
  const { rows: [session] } = await database.query<{ id: string; created_at: Date }>(
    `insert into auth.sessions (id, user_id) values (gen_random_uuid(), $1)
     returning id, created_at`,
    [userId],
  );
  if (!session) throw new Error('no session');
  const refreshToken = await addToken(database, session.id, null);
  return { id: session.id, userId, startedAt: session.created_at, refreshToken };
}

interface TokenRow {
  session_id: string;
  user_id: string;
  started_at: Date;
  fresh: boolean;
}

/**
 * Renews a session in the caller's transaction, which must also commit a refusal.
 *
 * Every token works once. The one before the newest returns the newest again, since the answer may
 * have been lost; any other used token counts as stolen and revokes the session's tokens.
 */
export async function renewSession(
  database: pg.ClientBase,
  token: string,
): Promise<AuthResult<AuthSession>> {
  const { rows: [used] } = await database.query<TokenRow>(
    `select t.session_id, s.user_id, s.created_at as started_at,
       t.updated_at > now() - $2::interval as fresh
     from auth.refresh_tokens t join auth.sessions s on s.id = t.session_id
     where t.token = $1 for update of s`,
    [token, REUSE_INTERVAL],
  );
  if (!used) {
    return refused(
      400,
      'refresh_token_not_found',
      'Invalid Refresh Token: Refresh Token Not Found',
    );
  }
  const refreshToken = await successor(database, token, used);
  if (refreshToken === null) {
    await revokeTokens(database, used.session_id);
    return refused(400, 'refresh_token_already_used', 'Invalid Refresh Token: Already Used');
  }
  await database.query('update auth.sessions set refreshed_at = now() where id = $1', [
    used.session_id,
  ]);
  const { session_id: id, user_id: userId, started_at: startedAt } = used;
  return { ok: true, value: { id, userId, startedAt, refreshToken } };
}

/** The next token, or null if the used one must not be used again. */
async function successor(
  database: pg.ClientBase,
  token: string,
  { session_id: sessionId, fresh }: TokenRow,
): Promise<string | null> {
  // Read under the session's lock, since a concurrent request may just have used the token.
  const { rows: [newest] } = await database.query<{ token: string; parent: string | null }>(
    'select token, parent from auth.refresh_tokens where session_id = $1 and not revoked',
    [sessionId],
  );
  if (!newest) return null;
  if (newest.parent === token) return newest.token;
  if (newest.token !== token && !fresh) return null;
  await revokeTokens(database, sessionId);
  return await addToken(database, sessionId, token);
}

async function addToken(
  database: pg.ClientBase,
  sessionId: string,
  parent: string | null,
): Promise<string> {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  await database.query(
    'insert into auth.refresh_tokens (token, session_id, parent) values ($1, $2, $3)',
    [token, sessionId, parent],
  );
  return token;
}

async function revokeTokens(database: pg.ClientBase, sessionId: string): Promise<void> {
  await database.query(
    `update auth.refresh_tokens set revoked = true, updated_at = now()
     where session_id = $1 and not revoked`,
    [sessionId],
  );
}

/** Whether the session is still open. */
export async function hasSession(database: pg.ClientBase, id: string): Promise<boolean> {
  const { rows } = await database.query('select from auth.sessions where id = $1', [id]);
  return rows.length > 0;
}

/** Ends sessions of a user; `sessionId` is the current one. */
export async function endSessions(
  database: pg.ClientBase,
  userId: string,
  sessionId: string,
  scope: SignOutScope,
): Promise<void> {
  await database.query(
    `delete from auth.sessions where user_id = $1 and case $3
       when 'local' then id = $2 when 'others' then id <> $2 else true end`,
    [userId, sessionId, scope],
  );
}
