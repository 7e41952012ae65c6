import { jwtVerify } from 'jose';
import { jwtKey } from '../../stack/keys.ts';
import { type AuthResult, refused } from './auth-error.ts';
import type { AuthDeps } from './deps.ts';
import { describeUser, inviteUser, type UserAnswer } from './users.ts';

/** Auth's own check is as loose. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Creates a user who has no password yet. Nothing is sent: the local stack has no e-mail. */
export async function invite(
  authorization: string | null,
  { email }: Record<string, unknown>,
  deps: AuthDeps,
): Promise<AuthResult<UserAnswer>> {
  if (!await isServiceRole(authorization, deps.jwtSecret)) {
    return refused(403, 'not_admin', 'User not allowed');
  }
  if (typeof email !== 'string' || !EMAIL.test(email)) {
    return refused(400, 'validation_failed', 'Unable to validate email address: invalid format');
  }
  return await deps.transaction(async (database) => {
    const user = await inviteUser(database, email);
    return user === null
      ? refused(422, 'email_exists', 'A user with this email address has already been registered')
      : { ok: true, value: describeUser(user) };
  });
}

async function isServiceRole(authorization: string | null, jwtSecret: string): Promise<boolean> {
  const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1] ?? '';
  return await jwtVerify(token, jwtKey(jwtSecret)).then(
    ({ payload }) => payload.role === 'service_role',
    () => false,
  );
}
