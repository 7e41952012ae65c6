/** Where containers reach the API, which on their own loopback address they do not. */
const FUNCTIONS_URL_IN_DOCKER = 'http://api.supabase.internal:8000/functions/v1';

/** What was written, and what to do next. */
export function describe(apiUrl: string, added: readonly string[]): string {
  const written = added.length === 0 ? 'has all it needs' : `got ${added.join(', ')}`;
  return `supabase/functions/.env ${written}; what stood in it is unchanged.
Commands such as npm run calcom now use the stack at ${apiUrl}.

Next:
  npx supabase stop && npx supabase start      so that the functions read the file
  select private.setup_schedules('${FUNCTIONS_URL_IN_DOCKER}');
                                               in Studio's SQL editor, so that jobs run
  npm run calcom -- created --at today`;
}
