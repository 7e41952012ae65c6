import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../../local/setup/paths.ts';
import { checkoutMigrations, type Migration } from '../../target/checkout.ts';
import type { Step } from '../deployment.ts';
import { runSupabase } from '../supabase-cli.ts';

/** Applies what the database lacks, never the seed: a real project gets no demo salons. */
export const migrations: Step = {
  name: 'migrations',
  async run(deployment) {
    const { pending, applied } = deployment.situation;
    if (pending.length === 0) return 'up to date';
    const workdir = await copyWith(await migrationsOfOthers(applied));
    try {
      // Others may have applied later ones in the meantime.
      await runSupabase(deployment, workdir, 'db', 'push', '--include-all');
    } finally {
      await rm(workdir, { recursive: true, force: true });
    }
    return `applied ${pending.length}`;
  },
};

async function migrationsOfOthers(applied: readonly Migration[]): Promise<Migration[]> {
  const own = new Set((await checkoutMigrations()).map(({ version }) => version));
  return applied.filter(({ version }) => !own.has(version));
}

/**
 * A copy of this project's migrations, and a file for each migration of another repository that
 * shares the database. The CLI refuses to push while a version of the database has no file; it never
 * reads the file of a version that is applied, as `supabase migration fetch` would write it.
 */
async function copyWith(others: readonly Migration[]): Promise<string> {
  const workdir = await mkdtemp(join(tmpdir(), 'barkbook-deploy-'));
  for (const path of ['config.toml', 'migrations']) {
    await cp(join(projectRoot, 'supabase', path), join(workdir, 'supabase', path), {
      recursive: true,
    });
  }
  for (const { version, name } of others) {
    const file = `${version}_${name.replace(/[^\w-]/g, '_') || 'applied'}.sql`;
    await writeFile(
      join(workdir, 'supabase', 'migrations', file),
      '-- Applied by another project.\n',
    );
  }
  return workdir;
}
