import type { TestProject } from 'vitest/node';
import { startTestCluster } from './cluster.ts';

/** Suites that do without, or have a server of their own. */
const WITHOUT_CLUSTER: readonly string[] = ['unit', 'browser'];

/** Starts the Postgres that the other suites of a run share. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | void> {
  if (project.vitest.projects.every(({ name }) => WITHOUT_CLUSTER.includes(name))) return;
  return await startTestCluster();
}
