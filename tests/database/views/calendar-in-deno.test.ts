import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCommand } from '../../../local/processes/run-command.ts';
import { denoBinary } from '../../../local/setup/binaries.ts';
import { projectRoot } from '../../../local/setup/paths.ts';
import { clusterInfo } from '../../support/cluster.ts';
import { createSalon, type TestSalon } from '../support/salons.ts';
import { type Dashboard, startDashboard } from '../support/dashboard.ts';
import { createAppointment } from '../support/reminders.ts';

const PROGRAM = `
  import { createClient } from '@supabase/supabase-js';
  import { createCalendar } from '${join(projectRoot, 'shared', 'calendar', 'calendar.ts')}';
  const { url, key, token, salonId } = JSON.parse(Deno.args[0]);
  const calendar = createCalendar(createClient(url, key, { accessToken: async () => token }));
  const [today] = await calendar.getTodaysAppointments(salonId);
  const from = new Date('2026-11-01');
  const to = new Date('2026-12-01');
  const csv = await calendar.exportCsv({ salonId, from, to });
  console.log(JSON.stringify({ start: today.local_start, lines: csv.split('\\r\\n').length }));
`;

let dashboard: Dashboard;
let salon: TestSalon;

beforeAll(async () => {
  dashboard = await startDashboard();
  salon = await createSalon(dashboard.database, { username: null });
  await createAppointment(dashboard.database, salon.id, { start: '2026-11-24 14:00+01' });
});
afterAll(() => dashboard.stop());

it('the client runs in Deno as it does in Node', async () => {
  const { url, publishableKey: key, userToken } = dashboard.api;
  const args = JSON.stringify({
    url,
    key,
    token: await userToken(salon.ownerId),
    salonId: salon.id,
  });
  const { ok, output, stdout } = await runCommand(
    [denoBinary(), 'eval', '--no-lock', '--node-modules-dir=manual', PROGRAM, args],
    { env: { ...process.env, DENO_DIR: join(clusterInfo().dir, 'deno'), NO_COLOR: '1' } },
  );
  expect(ok, output).toBe(true);
  expect(JSON.parse(stdout)).toEqual({ start: '14:00', lines: 3 });
});
