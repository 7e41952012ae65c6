/** What a link in an e-mail of Supabase Auth says in the address of the page. */
export type RecoveryLink =
  | { kind: 'none' }
  | { kind: 'expired' }
  | { kind: 'tokens'; accessToken: string; refreshToken: string };

/**
 * Reads the hash that Supabase Auth adds to the page's address when somebody opens the link to choose
 * a new password. The router's own addresses begin with a slash.
 */
export function readRecoveryLink(hash: string): RecoveryLink {
  const answer = new URLSearchParams(hash.replace(/^#/, ''));
  const accessToken = answer.get('access_token');
  const refreshToken = answer.get('refresh_token');
  if (accessToken !== null && refreshToken !== null) {
    return { kind: 'tokens', accessToken, refreshToken };
  }
  return { kind: answer.has('error_code') ? 'expired' : 'none' };
}
