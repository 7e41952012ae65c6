import { join } from 'node:path';
import { listFunctions } from '../../local/functions/catalog.ts';
import { writeImportMap } from '../../local/functions/import-map.ts';
import { runCommand } from '../../local/processes/run-command.ts';
import { denoBinary } from '../../local/setup/binaries.ts';
import { functionsDir, localPaths, projectRoot } from '../../local/setup/paths.ts';
import type { Check } from './check.ts';
import { linkCheck } from './links.ts';

/** Format, lint and types of the TypeScript, in Node and in each function, and the documents. */
export async function sourceChecks(): Promise<Check[]> {
  const deno = denoBinary();
  const tsc = join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc');
  const functions = await listFunctions();
  return [
    command('format (fix with: npm run format)', [deno, 'fmt', '--check']),
    command('lint', [deno, 'lint']),
    command('types of shared, local, cli and tests', [
      process.execPath,
      tsc,
      '--project',
      projectRoot,
    ]),
    command('types of dashboard', [
      ...[process.execPath, tsc, '--project', join(projectRoot, 'dashboard')],
    ]),
    ...functions.map(({ name }) => ({
      name: `types of function ${name}`,
      problem: () => checkFunction(name),
    })),
    linkCheck,
  ];
}

function command(name: string, command: string[]): Check {
  return { name, problem: () => outputOfFailure(command) };
}

/** Checks against Deno's std from npm, since not every machine can reach deno.land. */
async function checkFunction(name: string): Promise<string | null> {
  const dir = join(functionsDir, name);
  const importMap = await writeImportMap(dir, join(localPaths().deno, name));
  return await outputOfFailure([
    ...[denoBinary(), 'check', '--no-lock', '--node-modules-dir=manual'],
    ...['--import-map', importMap, join(dir, 'index.ts')],
  ]);
}

async function outputOfFailure(command: string[]): Promise<string | null> {
  const { ok, output } = await runCommand(command, { env: { ...process.env, NO_COLOR: '1' } });
  return ok ? null : output;
}
