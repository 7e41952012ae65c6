import { parseSecrets } from '../../../shared/calcom/signature.ts';
import { type Environment, readSupabaseProject } from '../_shared/supabase-project.ts';
import { createVariables } from '../_shared/variables.ts';

/** What the function needs from its environment, or the variable that is missing or unusable. */
export type Configuration =
  | {
    ok: true;
    /** Secrets for any salon; none where every salon has a webhook of its own. */
    secrets: string[];
    /** How many deliveries of a salon are applied at once within a minute. */
    rateLimit: number;
    supabaseUrl: string;
    supabaseKey: string;
  }
  | { ok: false; missing: string };

const RATE_LIMIT = 120;
const MAX_RATE_LIMIT = 100_000;

/** Reads the environment. */
export function readConfiguration(env: Environment): Configuration {
  const variables = createVariables(env);
  const rateLimit = variables.whole('CALCOM_WEBHOOK_RATE_LIMIT', RATE_LIMIT, MAX_RATE_LIMIT);
  const wrong = variables.wrong();
  if (wrong !== null) return { ok: false, missing: wrong };

  const project = readSupabaseProject(env);
  if (!project.ok) return project;
  return { ...project, rateLimit, secrets: parseSecrets(env('CALCOM_WEBHOOK_SECRET')) };
}
