import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { functionsDir, projectRoot } from '../setup/paths.ts';

/** A function of the project. */
export interface FunctionEntry {
  name: string;
  /** Whether the gateway requires a valid token. */
  verifyJwt: boolean;
}

/** Every folder of supabase/functions with an index.ts; a leading underscore marks shared code. */
export async function listFunctions(): Promise<FunctionEntry[]> {
  const names = await readdir(functionsDir).catch(() => []);
  const config = await readFile(join(projectRoot, 'supabase', 'config.toml'), 'utf8');
  return names
    .filter((name) => !name.startsWith('_') && existsSync(join(functionsDir, name, 'index.ts')))
    .map((name) => ({ name, verifyJwt: verifiesJwt(config, name) }));
}

/** Reads one setting of config.toml; like the CLI, requires a token unless it says otherwise. */
function verifiesJwt(config: string, name: string): boolean {
  const section = config.split(/^\[/m).find((part) => part.startsWith(`functions.${name}]`)) ?? '';
  return !/^verify_jwt\s*=\s*false\b/m.test(section);
}
