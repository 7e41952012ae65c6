import { counted } from '../../command/counted.ts';
import { type Check, failed, listed, passed } from '../check.ts';
import { deployAgain, inSqlEditor } from '../next.ts';

type Job = {
  name: string;
  /** Null for a job of another version. */
  wanted: string | null;
  /** Null for a job that is not scheduled. */
  schedule: string | null;
  same_command: boolean | null;
  active: boolean | null;
};

/** Whether exactly the jobs of the schema's version are scheduled. */
export const jobs: Check = {
  name: 'jobs',
  needs: 'extensions',
  async run(target) {
    const rows = await target.database.rows<Job>(
      `select coalesce(n.jobname, j.jobname) as name, n.schedule as wanted, j.schedule,
         j.command = n.command as same_command, j.active
       from private.scheduled_jobs() n
       full join (
         -- Of an older version, or ours whatever it does. BarkBook may have jobs of its own.
         select * from cron.job o
         where (o.jobname like 'barkbook\\_%' and o.command like '%private.%')
           or o.jobname in (select k.jobname from private.scheduled_jobs() k)
       ) j on j.jobname = n.jobname
       order by 1`,
    );
    const faults = rows.flatMap((job) => {
      const fault = faultOf(job);
      return fault === null ? [] : [`${job.name} ${fault}`];
    });
    if (faults.length === 0) return passed(counted(rows.length, 'job'));
    const [stray] = rows.filter(({ wanted }) => wanted === null);
    const [off] = rows.filter(({ wanted, active }) => wanted !== null && active === false);
    const isOnly = (job: Job | undefined): job is Job => job !== undefined && faults.length === 1;
    if (isOnly(stray)) {
      return failed(listed(faults), inSqlEditor(`select cron.unschedule('${stray.name}');`));
    }
    if (isOnly(off)) {
      return failed(
        listed(faults),
        inSqlEditor(
          'select cron.alter_job(jobid, active => true) from cron.job ' +
            `where jobname = '${off.name}';`,
        ),
      );
    }
    return failed(listed(faults), deployAgain(target));
  },
};

function faultOf({ wanted, schedule, same_command, active }: Job): string | null {
  if (schedule === null) return 'is not scheduled';
  if (wanted === null) return 'belongs to another version';
  if (active === false) return 'is switched off';
  if (schedule !== wanted) return `runs at '${schedule}', not '${wanted}'`;
  return same_command ? null : 'does something else';
}
