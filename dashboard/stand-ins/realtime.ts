/**
 * Replaces `@supabase/realtime-js`, which supabase-js always imports, since it is larger than what the
 * page needs: see src/data/realtime-topic.ts.
 */
export class RealtimeClient {
  /** Called when the session changes; there is no connection to update. */
  setAuth(): void {}
}
