/**
 * Takes the place of `@supabase/realtime-js` in the page, which supabase-js always brings along: the
 * page asks again every few seconds, so it would be loaded for nothing.
 */
export class RealtimeClient {
  /** Called whenever the session changes. There is no connection to tell. */
  setAuth(): void {}
}
