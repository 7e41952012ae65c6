import { chmod, cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { schemaFiles } from '../../cli/schema/schema-files.ts';
import { guardFolder } from '../../local/processes/process-guard.ts';
import { projectRoot } from '../../local/setup/paths.ts';
import { type Mutant, plantIn } from './mutant.ts';

const COPIED = ['cli', 'dashboard', 'local', 'shared', 'supabase', 'tests'];
const COPIED_FILES = ['deno.json', 'package.json', 'tsconfig.json'];

/** The migration of the copy that makes everything in the schema files. */
const BASELINE = '20261128090100_barkbook_calendar_sync_baseline.sql';
/** The last migration that is not a change of the schema. */
const LAST_INITIAL = '20261128090200_barkbook_calendar_sync_register_events.sql';

/** A copy of the project in which mistakes are planted, so that the checkout stays as it is. */
export interface PlantedCopy {
  dir: string;
  /** Runs work with a mistake in the copy. */
  withMutant<T>(mutant: Mutant, work: () => Promise<T>): Promise<T>;
  remove(): Promise<void>;
}

/** Copies the project; the installed packages are shared. */
export async function createPlantedCopy(): Promise<PlantedCopy> {
  const dir = await mkdtemp(join(tmpdir(), 'barkbook-mutation-'));
  guardFolder(dir);
  // Postgres may run as another user than we do.
  await chmod(dir, 0o755);
  for (const name of [...COPIED, ...COPIED_FILES]) {
    await cp(join(projectRoot, name), join(dir, name), { recursive: true });
  }
  await symlink(join(projectRoot, 'node_modules'), join(dir, 'node_modules'));
  await migrateAtOnce(join(dir, 'supabase', 'migrations'));
  return {
    dir,
    withMutant: async (mutant, work) => {
      const restore = await plant(dir, mutant);
      try {
        return await work();
      } finally {
        await restore();
      }
    },
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}

/** Puts the schema files into one migration, so that a mistake has one place. */
async function migrateAtOnce(migrations: string): Promise<void> {
  const changes = (await readdir(migrations)).filter((name) => name > LAST_INITIAL);
  for (const name of changes) await rm(join(migrations, name));
  const parts = (await schemaFiles()).map(({ sql }) => sql);
  await writeFile(join(migrations, BASELINE), parts.join('\n\n'));
}

/** Plants a mistake, of a schema file also in the migration that contains it. Returns the undoing. */
async function plant(dir: string, mutant: Mutant): Promise<() => Promise<void>> {
  const file = join(dir, mutant.path);
  const text = await readFile(file, 'utf8');
  const planted = plantIn(text, mutant);
  const changes = [{ file, text, planted }];
  if (mutant.path.endsWith('.sql')) {
    const migration = join(dir, 'supabase', 'migrations', BASELINE);
    const baseline = await readFile(migration, 'utf8');
    // A function as the replacement, since `$$` in a text stands for one dollar.
    const changed = baseline.replace(text, () => planted);
    changes.push({ file: migration, text: baseline, planted: changed });
  }
  for (const change of changes) await writeFile(change.file, change.planted);
  return async () => {
    for (const change of changes) await writeFile(change.file, change.text);
  };
}
