import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Instrumenter } from '@stryker-mutator/instrumenter';
import { projectRoot } from '../../../local/setup/paths.ts';
import type { Mutant } from '../mutant.ts';

/** Stryker's place of a mutant: lines and columns from 0. */
export interface Place {
  line: number;
  column: number;
}

/** A mutant of Stryker, with the place by which it is asked for. */
export interface StrykerMutant extends Mutant {
  from: Place;
  to: Place;
}

const FOLDERS = ['shared', 'supabase/functions'];
const GENERATED = 'shared/database.types.ts';
/** A message or a name in a log is no rule. */
export const EXCLUDED_MUTATIONS = ['StringLiteral', 'ObjectLiteral'];
const OPTIONS = {
  ignorers: [],
  excludedMutations: EXCLUDED_MUTATIONS,
  plugins: null,
  noHeader: true,
};

/** Every mistake that Stryker makes in the files whose paths match. */
export async function typescriptMutants(
  matches: (path: string) => boolean,
): Promise<StrykerMutant[]> {
  const paths = (await sources()).filter(matches);
  const found = await Promise.all(paths.map(mutantsOf));
  return found.flat();
}

async function sources(): Promise<string[]> {
  const found = await Promise.all(FOLDERS.map(async (folder) => {
    const names = await readdir(join(projectRoot, folder), { recursive: true });
    return names.filter((name) => name.endsWith('.ts')).map((name) => `${folder}/${name}`);
  }));
  return found.flat().filter((path) => path !== GENERATED).sort();
}

async function mutantsOf(path: string): Promise<StrykerMutant[]> {
  const content = await readFile(join(projectRoot, path), 'utf8');
  const files = [{ name: path, content, mutate: true }];
  const { mutants } = await new Instrumenter(SILENT).instrument(files, OPTIONS);
  const tried = mutants.filter(({ status }) => status !== 'Ignored');
  return tried.map(({ mutatorName, replacement, location: { start, end } }) => ({
    path,
    rule: mutatorName,
    start: offsetOf(content, start),
    end: offsetOf(content, end),
    replacement,
    from: start,
    to: end,
  }));
}

function offsetOf(text: string, { line, column }: Place): number {
  const before = text.split('\n').slice(0, line);
  return before.reduce((length, { length: chars }) => length + chars + 1, column);
}

const SILENT = {
  ...{ isTraceEnabled: () => false, isDebugEnabled: () => false, isInfoEnabled: () => false },
  ...{ isWarnEnabled: () => false, isErrorEnabled: () => false, isFatalEnabled: () => false },
  ...{ trace() {}, debug() {}, info() {}, warn() {}, error() {}, fatal() {} },
};
