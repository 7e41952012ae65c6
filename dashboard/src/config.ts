/** The Supabase project of the page. `hasRealtime`: whether it announces changes. */
export type DashboardConfig = { supabaseUrl: string; publishableKey: string; hasRealtime: boolean };

/**
 * The project that was chosen at build time (VITE_SUPABASE_URL and VITE_SUPABASE_PUBLISHABLE_KEY),
 * else the one in `config.json`. Null if there is neither.
 *
 * @param place Where that file is, seen from the page.
 */
export async function readConfig(place = './config.json'): Promise<DashboardConfig | null> {
  const { VITE_SUPABASE_URL, VITE_SUPABASE_PUBLISHABLE_KEY } = import.meta.env;
  return usable({
    supabaseUrl: VITE_SUPABASE_URL,
    publishableKey: VITE_SUPABASE_PUBLISHABLE_KEY,
  }) ?? usable(await fetchConfig(place));
}

async function fetchConfig(place: string): Promise<unknown> {
  try {
    const response = await fetch(place, { cache: 'no-cache' });
    return response.ok ? await response.json() : null;
  } catch {
    // If there is no such file, the host may answer with an HTML page.
    return null;
  }
}

function usable(config: unknown): DashboardConfig | null {
  const { supabaseUrl, publishableKey, hasRealtime = true } = {
    ...(config as Partial<DashboardConfig> | null),
  };
  if (typeof supabaseUrl !== 'string' || !URL.canParse(supabaseUrl)) return null;
  if (typeof publishableKey !== 'string' || publishableKey === '') return null;
  return { supabaseUrl, publishableKey, hasRealtime };
}
