/**
 * Replaces `@supabase/realtime-js`, which supabase-js always imports: the page polls every few
 * seconds instead, so it would be loaded for nothing.
 */
export class RealtimeClient {
  /** Called when the session changes; there is no connection to update. */
  setAuth(): void {}
}
