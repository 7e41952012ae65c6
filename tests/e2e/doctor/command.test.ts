import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { health } from '../../../cli/doctor/checks/health.ts';
import { describeFindings } from '../../../cli/doctor/report.ts';
import { runDoctor } from '../../../cli/doctor/run-doctor.ts';
import { directDatabase } from '../../../cli/target/admin-database.ts';
import type { Target } from '../../../cli/target/target.ts';
import { LOOPBACK } from '../../../local/setup/ports.ts';
import { createTestDatabase } from '../../support/database.ts';
import { startFunction } from '../../support/functions.ts';
import { type CommandDir, createCommandDir, runCli } from '../support/commands.ts';
import { createScene, type Scene } from '../support/deployed-scene.ts';

let scene: Scene;
let local: CommandDir;
beforeAll(async () => {
  scene = await createScene();
  local = await createCommandDir(scene.api);
});
afterAll(async () => {
  await local.remove();
  await scene.stop();
});

test('on the local stack it prints a table, and exits with 0 when nothing is wrong', async () => {
  const { ok, output } = await runCli('doctor', [], local.dir, {
    CALCOM_API_URL: scene.calcom.url,
  });
  expect(output).toMatch(/^Checked the local stack:\n✓ database +Postgres \d/);
  expect(output).toMatch(/^– function secrets +not judged: only a hosted project/m);
  expect(output).toMatch(/\nNothing is wrong\.\n$/);
  expect(ok).toBe(true);
});

test('for monitors it prints JSON, and exits with 1 when something is wrong', async () => {
  await scene.database.query(`select cron.unschedule('barkbook_erase')`);
  const { exitCode, stdout } = await runCli('doctor', ['--json'], local.dir, {
    CALCOM_API_URL: scene.calcom.url,
  });
  const report: { ok: boolean; target: string; findings: { name: string }[] } = JSON.parse(stdout);
  expect(report).toMatchObject({ ok: false, target: 'the local stack' });
  expect(report.findings).toContainEqual({
    name: 'jobs',
    ok: false,
    problem: 'barkbook_erase is not scheduled',
    next: 'npm start',
  });
  expect(exitCode).toBe(1);
});

// At once, since these change nothing and one waits for a timeout.
test.concurrent('without anything to check it exits with 2', async () => {
  const { exitCode, output } = await runCli('doctor', [], '/nowhere');
  expect(output).toMatch(/^error: no local stack/);
  expect(exitCode).toBe(2);
});

test.concurrent('a database that never answers does not keep it from ending', async () => {
  const silent = createServer(() => {}).listen(0, LOOPBACK);
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const { exitCode, output } = await runCli('doctor', [
    ...['--db-url', `postgres://postgres@${LOOPBACK}:${port}/postgres`],
    ...['--functions-url', `http://${LOOPBACK}:1/functions/v1`],
  ], local.dir);
  expect(output).toMatch(/✗ database +the database cannot be reached: timeout expired/);
  expect(exitCode).toBe(1);
  silent.close();
});

test.concurrent('a self-hosted project is checked by its database and the address of its functions', async () => {
  const target: Target = {
    ...scene.target,
    kind: 'self-hosted',
    name: 'the self-hosted project',
    database: directDatabase(scene.database.url),
    management: null,
  };
  const findings = await runDoctor(target, {});
  const failing = findings.filter(({ ok, name }) => ok === false && name !== 'health');
  expect(failing.map(({ name }) => name)).toEqual(['jobs']);
  expect(describeFindings(target.name, findings)).toContain(
    '→ npm run deploy -- --db-url … --functions-url http',
  );
});

test.concurrent('a database without the schema is told to deploy, and one that is gone to be checked', async () => {
  const bare = await createTestDatabase({ template: 'bare' });
  const at = (url: string): Target => ({ ...scene.target, database: directDatabase(url) });
  const empty = await runDoctor(at(bare.url), {});
  await bare.drop();
  const gone = await runDoctor(at(bare.url), {});

  const failing = (findings: typeof empty) =>
    findings.flatMap(({ name, ok }) => ok === false && name !== 'health' ? [name] : []);
  expect(failing(empty)).toEqual(['migrations', 'Vault']);
  expect(failing(gone)).toEqual(['database']);
});

test('what health says is shown', async () => {
  const other = await startFunction('health', scene.api);
  const verdict = await health.run(scene.target, {});
  await other.stop();
  expect(verdict).toEqual({
    ok: false,
    problem: 'jobs_missing',
    next: 'docs/operations.md#monitor says what each means',
  });
});
