import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../local/setup/paths.ts';

/** The folders whose files become functions. */
const FUNCTION_FOLDERS = ['supabase/functions', 'shared'];

/** The version of this checkout, from package.json. */
export async function checkoutVersion(): Promise<string> {
  const text = await readFile(join(projectRoot, 'package.json'), 'utf8');
  const { version }: { version: string } = JSON.parse(text);
  return version;
}

/**
 * The SHA-256, in hex, of everything that the functions of this checkout consist of. Two checkouts
 * have the same one if they deploy the same functions.
 */
export async function functionsHash(root = projectRoot): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of FUNCTION_FOLDERS) {
    for (const path of await filesUnder(root, folder)) {
      const content = await readFile(join(root, path));
      hash.update(`${path}\0${content.byteLength}\0`).update(content);
    }
  }
  return hash.digest('hex');
}

/** Sorted, with slashes on every system; without hidden files, such as a developer's .env. */
async function filesUnder(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const names = entries.filter(({ name }) => !name.startsWith('.'));
  const paths = await Promise.all(names.map(async (entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? await filesUnder(root, path) : [path];
  }));
  return paths.flat().sort();
}

/** What the names of this project's migrations begin with; other migrations are the app's. */
export const MIGRATION_PREFIX = 'barkbook_calendar_sync_';

/** A migration: `<version>_<name>.sql`. */
export type Migration = { version: string; name: string };

/** The migrations of this checkout, in order. */
export async function checkoutMigrations(): Promise<Migration[]> {
  const files = await readdir(join(projectRoot, 'supabase', 'migrations'));
  return files.filter((file) => file.endsWith('.sql')).sort().map((file) => {
    const [version = ''] = file.split('_', 1);
    return { version, name: file.slice(version.length + 1, -'.sql'.length) };
  });
}
