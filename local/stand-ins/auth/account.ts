import { type AuthResult, refused } from './auth-error.ts';
import type { AuthDeps } from './deps.ts';
import { endSessions, hasSession, type SignOutScope } from './sessions.ts';
import { readCaller } from './tokens.ts';
import { describeUser, findUser, type UserAnswer } from './users.ts';

const SCOPES: readonly string[] = ['global', 'local', 'others'] satisfies SignOutScope[];

/** Ends the caller's sessions, in all browsers unless `scope` says otherwise. */
export async function signOut(
  authorization: string | null,
  scope: string,
  deps: AuthDeps,
): Promise<AuthResult<null>> {
  if (!isScope(scope)) return refused(400, 'validation_failed', 'Unsupported logout scope');
  const caller = await readCaller(authorization, deps.jwtSecret);
  if (!caller.ok) return caller;
  const { userId, sessionId } = caller.value;
  return await deps.transaction(async (database) => {
    if (!await hasSession(database, sessionId)) return sessionGone();
    await endSessions(database, userId, sessionId, scope);
    return { ok: true, value: null };
  });
}

/** The signed-in user. */
export async function showUser(
  authorization: string | null,
  deps: AuthDeps,
): Promise<AuthResult<UserAnswer>> {
  const caller = await readCaller(authorization, deps.jwtSecret);
  if (!caller.ok) return caller;
  const { userId, sessionId } = caller.value;
  return await deps.transaction(async (database) => {
    const user = await findUser(database, userId);
    if (!user || !await hasSession(database, sessionId)) return sessionGone();
    return { ok: true, value: describeUser(user) };
  });
}

function isScope(scope: string): scope is SignOutScope {
  return SCOPES.includes(scope);
}

function sessionGone() {
  return refused(
    403,
    'session_not_found',
    'Session from session_id claim in JWT does not exist',
  );
}
