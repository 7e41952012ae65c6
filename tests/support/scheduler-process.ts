/** The stack's scheduler in a process of its own, so that it can be killed. Run with DATABASE_URL. */
import { startScheduler } from '../../local/stand-ins/cron/scheduler.ts';

const address = new URL(process.env.DATABASE_URL ?? '');

startScheduler({
  url: (role) => Object.assign(new URL(address), { username: role }).href,
  say: (line) => console.log(line),
});
