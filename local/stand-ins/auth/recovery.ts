import { randomBytes } from 'node:crypto';
import { type AuthResult, refused } from './auth-error.ts';
import type { AuthDeps } from './deps.ts';
import { hasSession, startSession } from './sessions.ts';
import { describeSession, readCaller } from './tokens.ts';
import { describeUser, findUser, type UserAnswer } from './users.ts';

const TOKEN_BYTES = 28;
const MIN_PASSWORD_CHARACTERS = 6;

/**
 * Makes a link with which a user can choose a new password. It is stored in auth.recovery_links,
 * since this stack sends no e-mail. The answer is the same for an unknown address.
 */
export async function requestRecovery(
  { email }: Record<string, unknown>,
  { transaction }: AuthDeps,
): Promise<AuthResult<Record<string, never>>> {
  if (typeof email !== 'string' || email === '') {
    return refused(400, 'validation_failed', 'Password recovery requires an email');
  }
  await transaction((database) =>
    database.query(
      `insert into auth.recovery_links (token, user_id)
       select $2, id from auth.users
       where email = lower($1) and not is_sso_user and deleted_at is null`,
      [email, randomBytes(TOKEN_BYTES).toString('hex')],
    )
  );
  return { ok: true, value: {} };
}

/** Opens such a link: signs the user in, once within an hour, and returns to the page. */
export async function openRecovery(request: Request, deps: AuthDeps): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const target = searchParams.get('redirect_to') ?? '/';
  const session = await deps.transaction(async (database) => {
    const { rows: [link] } = await database.query<{ user_id: string }>(
      `delete from auth.recovery_links where token = $1
       returning case when created_at > now() - interval '1 hour' then user_id end as user_id`,
      [searchParams.get('token')],
    );
    const user = link?.user_id ? await findUser(database, link.user_id) : null;
    if (!user || user.banned) return null;
    return await describeSession(await startSession(database, user.id), user, deps);
  });
  const answer = session === null
    ? {
      error: 'access_denied',
      error_code: 'otp_expired',
      error_description: 'Email link is invalid or has expired',
    }
    : {
      access_token: session.access_token,
      expires_in: String(session.expires_in),
      refresh_token: session.refresh_token,
      token_type: 'bearer',
      type: 'recovery',
    };
  const location = new URL(target);
  location.hash = String(new URLSearchParams(answer));
  return new Response(null, { status: 303, headers: { location: location.href } });
}

/** Changes the caller's password. */
export async function changePassword(
  authorization: string | null,
  { password }: Record<string, unknown>,
  { jwtSecret, transaction }: AuthDeps,
): Promise<AuthResult<UserAnswer>> {
  const caller = await readCaller(authorization, jwtSecret);
  if (!caller.ok) return caller;
  if (typeof password !== 'string' || password.length < MIN_PASSWORD_CHARACTERS) {
    return refused(422, 'weak_password', 'Password should be at least 6 characters.');
  }
  const { userId, sessionId } = caller.value;
  return await transaction<AuthResult<UserAnswer>>(async (database) => {
    if (!await hasSession(database, sessionId)) {
      return refused(
        403,
        'session_not_found',
        'Session from session_id claim in JWT does not exist',
      );
    }
    const { rowCount } = await database.query(
      `update auth.users set encrypted_password = extensions.crypt($2, extensions.gen_salt('bf'))
       where id = $1 and encrypted_password is distinct from
         extensions.crypt($2, encrypted_password)`,
      [userId, password],
    );
    const user = await findUser(database, userId);
    if (!user || rowCount === 0) {
      return refused(
        422,
        'same_password',
        'New password should be different from the old password.',
      );
    }
    return { ok: true, value: describeUser(user) };
  });
}
