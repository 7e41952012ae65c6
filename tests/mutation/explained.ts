import { readFile } from 'node:fs/promises';
import type { Description } from './mutant.ts';

/** A mutant that no test can or need notice, and why. */
interface Explained extends Pick<Description, 'path' | 'before' | 'after'> {
  reason: string;
}

const FILE = new URL('survivors.json', import.meta.url);

/** Reads the list of explained survivors; the result says whether a mutant is among them. */
export async function readExplained(): Promise<(mutant: Description) => string | null> {
  const list: Explained[] = JSON.parse(await readFile(FILE, 'utf8'));
  return ({ path, before, after }) =>
    list.find((known) => known.path === path && known.before === before && known.after === after)
      ?.reason ?? null;
}
