/**
 * The page may load and connect to itself and its Supabase project only, whose Realtime is a
 * WebSocket: no inline scripts or styles, no third parties.
 */
export function contentSecurityPolicy(supabaseUrl: string): string {
  const { origin } = new URL(supabaseUrl);
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    `connect-src 'self' ${origin} ${origin.replace(/^http/, 'ws')}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
