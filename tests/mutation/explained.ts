import { readFile } from 'node:fs/promises';
import type { Description } from './mutant.ts';

/** A mutant that no test can or need notice, and why. */
export interface Explained extends Pick<Description, 'path' | 'before' | 'after'> {
  reason: string;
}

const FILE = new URL('survivors.json', import.meta.url);

/** Reads the list of explained survivors. */
export async function readExplained(): Promise<Explained[]> {
  return JSON.parse(await readFile(FILE, 'utf8'));
}

/** Whether an explanation is about this mutant. */
export function explains(known: Explained, { path, before, after }: Description): boolean {
  return known.path === path && known.before === before && known.after === after;
}
