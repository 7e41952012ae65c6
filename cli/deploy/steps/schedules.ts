import type { Step } from '../deployment.ts';

/**
 * Schedules the jobs with a new worker secret. A preview has none: what its database copied from
 * production would wake the functions of production.
 */
export const schedules: Step = {
  name: 'schedules',
  async run({ target, situation }) {
    if (situation.isPreview) {
      await target.database.rows('select private.remove_schedules()');
      return 'none in a preview';
    }
    const [row] = await target.database.rows<{ result: string }>(
      'select private.setup_schedules($1) as result',
      [target.functionsUrl],
    );
    return row?.result ?? '';
  },
};
