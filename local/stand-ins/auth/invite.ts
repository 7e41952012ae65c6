import { jwtVerify } from 'jose';
import { jwtKey } from '../../stack/keys.ts';
import { type AuthResult, refused } from './auth-error.ts';
import type { AuthDeps } from './deps.ts';
import { describeUser, insertUser, type UserAnswer } from './users.ts';

/** Auth's own check is as loose. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Creates a user who has no password yet. Nothing is sent: the local stack has no e-mail. */
export function invite(
  authorization: string | null,
  { email }: Record<string, unknown>,
  deps: AuthDeps,
): Promise<AuthResult<UserAnswer>> {
  return addUser(authorization, email, null, deps);
}

/** Creates a user with a password and a confirmed address. */
export async function createUser(
  authorization: string | null,
  { email, password, email_confirm: confirmed }: Record<string, unknown>,
  deps: AuthDeps,
): Promise<AuthResult<UserAnswer>> {
  return typeof password === 'string' && confirmed === true
    ? await addUser(authorization, email, password, deps)
    : refused(400, 'validation_failed', 'The local stack only creates confirmed users');
}

async function addUser(
  authorization: string | null,
  email: unknown,
  password: string | null,
  deps: AuthDeps,
): Promise<AuthResult<UserAnswer>> {
  if (!await isServiceRole(authorization, deps.jwtSecret)) {
    return refused(403, 'not_admin', 'User not allowed');
  }
  if (typeof email !== 'string' || !EMAIL.test(email)) {
    return refused(400, 'validation_failed', 'Unable to validate email address: invalid format');
  }
  return await deps.transaction(async (database) => {
    const user = await insertUser(database, email, password);
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
