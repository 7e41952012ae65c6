import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { projectRoot } from '../../local/setup/paths.ts';

/** The tables, views and functions that a schema file creates, or the name of a source file. */
export async function namesIn(path: string): Promise<string[]> {
  if (!path.endsWith('.sql')) return path === '' ? [] : [`/${basename(path)}`];
  const sql = await readFile(join(projectRoot, path), 'utf8');
  const created =
    /create (?:or replace )?(?:function|table|view)(?: if not exists)? (?:public|private)\.([a-z0-9_]+)/g;
  return [...sql.matchAll(created)].flatMap(([, name]) => name ?? []);
}
