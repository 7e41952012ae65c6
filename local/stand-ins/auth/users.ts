import type pg from 'pg';
import { type AuthResult, refused } from './auth-error.ts';

/** The columns of auth.users that a user may see. */
export interface AuthUser {
  id: string;
  aud: string;
  role: string;
  email: string;
  email_confirmed_at: Date | null;
  last_sign_in_at: Date | null;
  app_metadata: Record<string, unknown>;
  user_metadata: Record<string, unknown>;
  created_at: Date;
  updated_at: Date;
  banned: boolean;
}

/** A user as clients see them. */
export type UserAnswer = Omit<AuthUser, 'banned'> & {
  phone: string;
  confirmed_at: Date | null;
  identities: never[];
  is_anonymous: false;
};

/** Unlike users of Auth itself, those that tests create may have no metadata and no dates. */
const COLUMNS = `
  id, coalesce(aud, 'authenticated') as aud, coalesce(role, 'authenticated') as role, email,
  email_confirmed_at, last_sign_in_at,
  coalesce(raw_app_meta_data, '{"provider": "email", "providers": ["email"]}') as app_metadata,
  coalesce(raw_user_meta_data, '{}') as user_metadata,
  coalesce(created_at, email_confirmed_at, 'epoch') as created_at,
  coalesce(updated_at, created_at, email_confirmed_at, 'epoch') as updated_at,
  coalesce(banned_until > now(), false) as banned`;

/** The user with this e-mail and password. The database compares, so no hash leaves it. */
export async function signInUser(
  database: pg.ClientBase,
  email: string,
  password: string,
): Promise<AuthResult<AuthUser>> {
  const { rows: [user] } = await database.query<AuthUser>(
    `select ${COLUMNS} from auth.users
     where email = lower($1) and not is_sso_user and deleted_at is null
       and encrypted_password = extensions.crypt($2, encrypted_password)`,
    [email, password],
  );
  if (!user) return refused(400, 'invalid_credentials', 'Invalid login credentials');
  if (user.banned) return refused(400, 'user_banned', 'User is banned');
  if (!user.email_confirmed_at) return refused(400, 'email_not_confirmed', 'Email not confirmed');
  const { rows: [signedIn = user] } = await database.query<AuthUser>(
    `update auth.users set last_sign_in_at = now() where id = $1 returning ${COLUMNS}`,
    [user.id],
  );
  return { ok: true, value: signedIn };
}

/**
 * Creates a user with a password and a confirmed address, or an invited one with neither; null if
 * there is one with this e-mail.
 */
export async function insertUser(
  database: pg.ClientBase,
  email: string,
  password: string | null,
): Promise<AuthUser | null> {
  const { rows: [user] } = await database.query<AuthUser>(
    `insert into auth.users (
       id, aud, role, email, encrypted_password, invited_at, email_confirmed_at, created_at,
       updated_at, raw_app_meta_data, raw_user_meta_data)
     select gen_random_uuid(), 'authenticated', 'authenticated', lower($1),
       coalesce(extensions.crypt($2, extensions.gen_salt('bf', 10)), ''),
       case when $2::text is null then now() end, case when $2::text is not null then now() end,
       now(), now(), '{"provider": "email", "providers": ["email"]}', '{}'
     on conflict do nothing
     returning ${COLUMNS}`,
    [email, password],
  );
  return user ?? null;
}

/** The user with this id, or null when there is none. */
export async function findUser(database: pg.ClientBase, id: string): Promise<AuthUser | null> {
  const { rows: [user] } = await database.query<AuthUser>(
    `select ${COLUMNS} from auth.users where id = $1 and deleted_at is null`,
    [id],
  );
  return user ?? null;
}

/** The user as `/user` and every new session show them. */
export function describeUser({ banned: _, ...user }: AuthUser): UserAnswer {
  return {
    ...user,
    phone: '',
    confirmed_at: user.email_confirmed_at,
    identities: [],
    is_anonymous: false,
  };
}
