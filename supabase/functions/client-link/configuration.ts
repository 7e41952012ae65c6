import { CALCOM_API_URL } from '../../../shared/calcom/api.ts';
import { CALCOM_APP_URL } from '../../../shared/calcom/pages.ts';
import { readSupabaseProject, type SupabaseProject } from '../_shared/supabase-project.ts';
import { type Configured, createVariables, type Environment } from '../_shared/variables.ts';

/** The project, and where Cal.com is. */
export type Settings = { project: SupabaseProject; apiUrl: string; appUrl: string };

/** Reads the environment. */
export function readConfiguration(env: Environment): Configured<Settings> {
  const project = readSupabaseProject(env);
  if (!project.ok) return project;
  const variables = createVariables(env);
  return variables.judge({
    project: project.value,
    apiUrl: variables.url('CALCOM_API_URL', CALCOM_API_URL),
    appUrl: variables.url('CALCOM_APP_URL', CALCOM_APP_URL),
  });
}
