import { MIN_SECRET_CHARACTERS, parseSecrets } from '../../../shared/calcom/signature.ts';
import { readSupabaseProject, type SupabaseProject } from '../_shared/supabase-project.ts';
import { type Configured, createVariables, type Environment } from '../_shared/variables.ts';

/** The settings of the function. */
export type Settings = {
  project: SupabaseProject;
  /** Shared secrets, valid for any salon; empty if every salon has its own webhook. */
  secrets: string[];
  /** How many deliveries of a salon are applied immediately within a minute. */
  rateLimit: number;
};

const RATE_LIMIT = 120;
const MAX_RATE_LIMIT = 100_000;

/** Reads the environment. */
export function readConfiguration(env: Environment): Configured<Settings> {
  const variables = createVariables(env);
  const rateLimit = variables.judge(
    variables.whole('CALCOM_WEBHOOK_RATE_LIMIT', RATE_LIMIT, MAX_RATE_LIMIT),
  );
  if (!rateLimit.ok) return rateLimit;

  const project = readSupabaseProject(env);
  if (!project.ok) return project;
  const secrets = parseSecrets(env('CALCOM_WEBHOOK_SECRET'));
  if (secrets.some((secret) => secret.length < MIN_SECRET_CHARACTERS)) {
    return { ok: false, variable: 'CALCOM_WEBHOOK_SECRET' };
  }
  return { ok: true, value: { project: project.value, rateLimit: rateLimit.value, secrets } };
}
