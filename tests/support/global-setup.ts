import type { TestProject } from 'vitest/node';
import { startTestCluster } from './cluster.ts';

/** Starts the Postgres that all suites of a run share; the unit suite alone does without. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | void> {
  if (project.vitest.projects.every(({ name }) => name === 'unit')) return;
  return await startTestCluster();
}
