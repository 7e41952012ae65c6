import { CALCOM_API_URL } from '../../../shared/calcom/api.ts';
import type { ActionSettings } from '../_shared/calcom/booking-actions.ts';
import { CALCOM_APP_URL } from '../_shared/calcom/pages.ts';
import { readSupabaseProject, type SupabaseProject } from '../_shared/supabase-project.ts';
import { type Configured, createVariables, type Environment } from '../_shared/variables.ts';

/** The project, the addresses of Cal.com, and how long it may take. */
export type Settings = {
  project: SupabaseProject;
  calcom: Omit<ActionSettings, 'fetch'>;
  appUrl: string;
};

/** Cal.com may read from a replica that is a moment behind. */
const LOOK_AFTER_MS = [0, 1000, 2000];

/** Reads the environment. */
export function readConfiguration(env: Environment): Configured<Settings> {
  const project = readSupabaseProject(env);
  if (!project.ok) return project;
  const variables = createVariables(env);
  return variables.judge({
    project: project.value,
    calcom: {
      apiUrl: variables.url('CALCOM_API_URL', CALCOM_API_URL),
      requestTimeoutMs: variables.whole('CALCOM_REQUEST_TIMEOUT_MS', 15_000, 60_000),
      lookAfterMs: LOOK_AFTER_MS,
    },
    appUrl: variables.url('CALCOM_APP_URL', CALCOM_APP_URL),
  });
}
