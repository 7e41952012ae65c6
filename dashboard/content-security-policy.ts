/**
 * What the page may load and talk to: itself and its Supabase project. No inline script or style,
 * no third party.
 */
export function contentSecurityPolicy(supabaseUrl: string): string {
  const { origin } = new URL(supabaseUrl);
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "font-src 'self'",
    `connect-src 'self' ${origin}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
