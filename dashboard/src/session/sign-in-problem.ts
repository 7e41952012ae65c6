import { type AuthError, isAuthRetryableFetchError } from '@supabase/supabase-js';

/** Why signing in failed: the key of a text in `signIn`. */
export type SignInProblem =
  | 'wrong'
  | 'unconfirmed'
  | 'tooMany'
  | 'banned'
  | 'weak'
  | 'same'
  | 'unreachable'
  | 'unexpected';

const BY_CODE: Readonly<Record<string, SignInProblem>> = {
  invalid_credentials: 'wrong',
  email_not_confirmed: 'unconfirmed',
  over_request_rate_limit: 'tooMany',
  over_email_send_rate_limit: 'tooMany',
  user_banned: 'banned',
  weak_password: 'weak',
  same_password: 'same',
};

/** Finds the text for an error. */
export function signInProblem(error: AuthError): SignInProblem {
  if (isAuthRetryableFetchError(error)) return 'unreachable';
  return BY_CODE[error.code ?? ''] ?? 'unexpected';
}
