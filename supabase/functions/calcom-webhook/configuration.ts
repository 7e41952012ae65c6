import { parseSecrets } from '../../../shared/calcom/signature.ts';
import { type Environment, readSupabaseProject } from '../_shared/supabase-project.ts';

/** What the function needs from its environment, or the variable that is missing there. */
export type Configuration =
  | { ok: true; secrets: string[]; supabaseUrl: string; supabaseKey: string }
  | { ok: false; missing: string };

/** Reads the environment. */
export function readConfiguration(env: Environment): Configuration {
  const secrets = parseSecrets(env('CALCOM_WEBHOOK_SECRET'));
  if (secrets.length === 0) return { ok: false, missing: 'CALCOM_WEBHOOK_SECRET' };

  const project = readSupabaseProject(env);
  return project.ok ? { ...project, secrets } : project;
}
