import { join } from 'node:path';
import { denoBinary } from '../binaries.ts';
import type { Check } from '../check.ts';
import { listFunctions } from '../function-catalog.ts';
import { writeImportMap } from '../import-map.ts';
import { functionsDir, localPaths, projectRoot } from '../paths.ts';
import { runCommand } from '../run-command.ts';

/** Format, lint and types of the TypeScript, on the Node side and in each function. */
export async function sourceChecks(): Promise<Check[]> {
  const deno = denoBinary();
  const tsc = join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc');
  const functions = await listFunctions();
  return [
    command('format (mend with: npm run format)', [deno, 'fmt', '--check']),
    command('lint', [deno, 'lint']),
    command('types of shared, local and tests', [process.execPath, tsc, '--project', projectRoot]),
    command('types of dashboard', [
      ...[process.execPath, tsc, '--project', join(projectRoot, 'dashboard')],
    ]),
    ...functions.map(({ name }) => ({
      name: `types of function ${name}`,
      problem: () => checkFunction(name),
    })),
  ];
}

function command(name: string, command: string[]): Check {
  return { name, problem: () => outputOfFailure(command) };
}

/** Where Deno's std cannot be reached the function is checked against the same code from npm. */
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
