/**
 * The objects of this project in a database, read from Postgres' own catalog.
 *
 * Two databases with the same catalog behave the same. `supabase db diff` is no substitute: it
 * misses invoker views, column privileges, grants on views, and comments.
 */
import { readFile } from 'node:fs/promises';
import type { ClientBase } from 'pg';

/** One object, or one part of it such as a column or a policy. */
export interface CatalogItem {
  /** The kind of object: `table`, `view`, `function`, `role` and so on. */
  section: string;
  /** Its qualified name, with arguments where it has some. */
  object: string;
  /** Which part of the object; empty for the object itself. */
  part: string;
  /** What the committed listing shows. */
  detail: string;
  /** What only comparisons use, such as the body of a function. */
  hidden: string | null;
  comment: string | null;
}

/** The description of each item, by the item's name. */
export type Catalog = Record<string, string>;

const QUERY = new URL('catalog.sql', import.meta.url);

/** The items of schemas `public` and `private`, in the order of their names. */
export async function readCatalogItems(client: ClientBase): Promise<CatalogItem[]> {
  const query = await readFile(QUERY, 'utf8');
  await client.query('begin read only');
  try {
    // So that every name is qualified.
    await client.query(`set local search_path = ''`);
    return (await client.query<CatalogItem>(query)).rows;
  } finally {
    await client.query('rollback');
  }
}

/** The same as a record, so that two databases can be compared item by item. */
export async function readCatalog(client: ClientBase): Promise<Catalog> {
  const items = await readCatalogItems(client);
  return Object.fromEntries(items.map((item) => [nameOf(item), textOf(item)]));
}

/** The names of items that are missing from one of two catalogs, or differ. */
export function differences(a: Catalog, b: Catalog): string[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].filter((name) => a[name] !== b[name]).sort();
}

function nameOf({ section, object, part }: CatalogItem): string {
  return [section, object, part].filter((word) => word !== '').join(' ');
}

function textOf({ detail, hidden, comment }: CatalogItem): string {
  return [detail, hidden, comment === null ? null : `-- ${comment}`]
    .filter((text) => text !== null).join('\n');
}
