import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../local/setup/paths.ts';
import type { CatalogItem } from './catalog.ts';

/** The committed listing, in which a reviewer sees what a change does to the database. */
export const LISTING = join(projectRoot, 'supabase', 'catalog.txt');

const HEADER = `\
Generated from supabase/schemas by \`npm run schema\`: never edit this file.

What the schema files make, as Postgres itself describes it: a reviewer sees here what a change does
to columns, constraints, indexes, policies, triggers and grants. Grants of owners are left out.
Bodies of functions and views are in supabase/schemas, and so are comments.
`;

/** What each object and its parts are, without bodies: one block an object. */
export function listing(items: readonly CatalogItem[]): string {
  const blocks = new Map<string, string[]>();
  for (const { section, object, part, detail } of items) {
    const heading = `${section} ${object}`;
    const lines = blocks.get(heading) ?? [part === '' ? `${heading}: ${detail}` : heading];
    blocks.set(heading, lines);
    // An object comes before its parts. Without a detail only the owner has rights.
    if (part !== '' && detail !== '') lines.push(`  ${partName(part)}: ${oneLine(detail)}`);
  }
  return HEADER + [...blocks.values()].map((lines) => `\n${lines.join('\n')}\n`).join('');
}

/** The listing as it is committed; empty where there is none yet. */
export async function committedListing(): Promise<string> {
  return await readFile(LISTING, 'utf8').catch(() => '');
}

/** Without the number that keeps columns in their order. */
function partName(part: string): string {
  return part.replace(/^column \d+ /, 'column ');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}
