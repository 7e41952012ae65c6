import { randomBytes } from 'node:crypto';
import { type JWTPayload, SignJWT } from 'jose';

/** The secrets of a stack, in the formats of hosted Supabase. */
export interface StackKeys {
  jwtSecret: string;
  publishableKey: string;
  secretKey: string;
  /** Legacy key: a JWT for the role anon. */
  anonKey: string;
  /** Legacy key: a JWT for the role service_role. */
  serviceRoleKey: string;
  webhookSecret: string;
}

const KEY_LIFETIME = '10y';
const USER_TOKEN_LIFETIME = '1h';

/** Generates a new random set. */
export async function generateKeys(): Promise<StackKeys> {
  const jwtSecret = random(48);
  return {
    jwtSecret,
    publishableKey: namedKey('publishable'),
    secretKey: namedKey('secret'),
    anonKey: await signRole(jwtSecret, 'anon'),
    serviceRoleKey: await signRole(jwtSecret, 'service_role'),
    webhookSecret: random(32),
  };
}

/** An access token as Supabase Auth issues it to a signed-in user; `claims` are added to it. */
export async function signUserToken(
  jwtSecret: string,
  userId: string,
  claims: JWTPayload = {},
): Promise<string> {
  return await new SignJWT({ role: 'authenticated', aal: 'aal1', ...claims })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(userId)
    .setAudience('authenticated')
    .setIssuedAt()
    .setExpirationTime(USER_TOKEN_LIFETIME)
    .sign(jwtKey(jwtSecret));
}

/** The secret in the form that JWT libraries need. */
export function jwtKey(jwtSecret: string): Uint8Array {
  return new TextEncoder().encode(jwtSecret);
}

async function signRole(jwtSecret: string, role: string): Promise<string> {
  return await new SignJWT({ role })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer('supabase')
    .setIssuedAt()
    .setExpirationTime(KEY_LIFETIME)
    .sign(jwtKey(jwtSecret));
}

function namedKey(kind: 'publishable' | 'secret'): string {
  return `sb_${kind}_${random(16)}_${random(6)}`;
}

function random(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}
