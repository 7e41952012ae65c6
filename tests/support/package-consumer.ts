import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildPackage } from '../../cli/package/build.ts';
import { type CommandResult, runCommand } from '../../local/processes/run-command.ts';
import { projectRoot } from '../../local/setup/paths.ts';

/** A project that has @barkbook/calendar from its tarball, and what that needs from our packages. */
export interface PackageConsumer {
  dir: string;
  /** What the tarball contains. */
  files: readonly string[];
  remove(): Promise<void>;
}

/** What the app and the package import. */
const PEERS = ['@supabase/supabase-js', 'papaparse'];

/** An app as BarkBook's would use the package; `run` returns what it read. */
const APP = `import { createClient } from '@supabase/supabase-js';
import { CalendarError, createCalendar } from '@barkbook/calendar';

export async function run(url: string, key: string, token: string, salonId: string) {
  const supabase = createClient(url, key, { accessToken: async () => token });
  const calendar = createCalendar(supabase);
  const [today] = await calendar.getTodaysAppointmentsForCurrentUser();
  const [from, to] = [new Date('2026-11-01'), new Date('2026-12-01')];
  const csv = await calendar.exportCsv({ salonId, from, to });
  const error = await calendar.getTodaysAppointments('no id').catch((thrown: unknown) => thrown);
  const code = error instanceof CalendarError ? error.code : null;
  const start: string | undefined = today?.local_start;
  return { start, lines: csv.split('\\r\\n').length, code };
}
`;

/** Builds and packs the package, and installs it in a new folder without a registry. */
export async function createPackageConsumer(): Promise<PackageConsumer> {
  const dir = await mkdtemp(join(tmpdir(), 'barkbook-consumer-'));
  const [built, modules] = [join(dir, 'built'), join(dir, 'node_modules')];
  await buildPackage(built);
  await succeed(['npm', 'pack', '--offline', '--pack-destination', dir, built]);
  const tarball = (await readdir(dir)).find((name) => name.endsWith('.tgz')) ?? '';
  await succeed(['tar', '-xzf', join(dir, tarball), '-C', dir]);
  const unpacked = join(dir, 'package');
  await cp(unpacked, join(modules, '@barkbook', 'calendar'), { recursive: true });
  await mkdir(join(modules, '@supabase'));
  for (const name of PEERS) {
    await symlink(join(projectRoot, 'node_modules', name), join(modules, name));
  }
  await writeFile(join(dir, 'package.json'), '{ "type": "module" }');
  await writeFile(join(dir, 'app.ts'), APP);
  const files = await readdir(unpacked, { recursive: true });
  return { dir, files, remove: () => rm(dir, { recursive: true, force: true }) };
}

async function succeed(command: string[]): Promise<CommandResult> {
  const result = await runCommand(command);
  if (!result.ok) throw new Error(result.output);
  return result;
}
