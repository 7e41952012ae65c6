/**
 * `npm run bench`: measures how fast deliveries are applied, reminders are sent and pages are read.
 * `npm run bench -- rpc growth` runs only the benchmarks of these names.
 *
 * Whatever is compared runs in turns within one run, so only the ratios are meaningful: the figures
 * themselves depend on the machine and its load. Missing an aim is not a failure.
 */
import { runMain } from '../../cli/command/run-main.ts';
import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { benchDashboard } from './dashboard/dashboard.ts';
import { type BenchServer, startBenchServer } from './database/server.ts';
import { benchReminders } from './reminders/reminders.ts';
import { benchBackfill } from './rpc/backfill.ts';
import { benchGrowth } from './rpc/growth.ts';
import { benchLifetime } from './rpc/lifetime.ts';
import { benchRpc } from './rpc/rpc.ts';
import { benchColdStart } from './webhook/cold-start.ts';
import { benchIngest } from './webhook/ingest.ts';

const BENCHES: Readonly<Record<string, (server: BenchServer) => Promise<string>>> = {
  rpc: benchRpc,
  lifetime: benchLifetime,
  growth: benchGrowth,
  backfill: benchBackfill,
  ingest: benchIngest,
  'cold-start': benchColdStart,
  reminders: benchReminders,
  dashboard: benchDashboard,
};

await runMain('npm run bench [-- <name>…]', async (names) => {
  const unknown = names.filter((name) => !Object.hasOwn(BENCHES, name));
  if (unknown.length > 0) {
    const known = Object.keys(BENCHES).join(', ');
    throw new SetupProblem(`no bench ${unknown.join(', ')}: there are ${known}`);
  }
  const server = await startBenchServer();
  try {
    for (const [name, bench] of Object.entries(BENCHES)) {
      if (names.length === 0 || names.includes(name)) console.log(await bench(server));
    }
  } finally {
    await server.stop();
  }
});
