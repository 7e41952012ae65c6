import { copyFile, glob, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from '../../local/processes/run-command.ts';
import { projectRoot } from '../../local/setup/paths.ts';
import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { type Manifest, manifest } from './manifest.ts';

/** A relative import in a declaration, which the compiler leaves as it is in the source. */
const RELATIVE_IMPORT = /((?:from|import\() ?['"]\.{1,2}\/[^'"]+)\.ts(?=['"])/g;

/**
 * Builds the package @barkbook/calendar: ES modules with their types, from shared/calendar. Replaces
 * what is in `outDir`.
 */
export async function buildPackage(outDir: string): Promise<Manifest> {
  await rm(outDir, { recursive: true, force: true });
  const tsc = join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc');
  const project = join(projectRoot, 'cli', 'package');
  const { ok, output } = await runCommand(
    [process.execPath, tsc, '--project', project, '--outDir', outDir],
  );
  if (!ok) throw new SetupProblem(`the package could not be compiled:\n${output.trim()}`);
  for await (const path of glob('**/*.d.ts', { cwd: outDir })) {
    const declaration = join(outDir, path);
    const text = await readFile(declaration, 'utf8');
    await writeFile(declaration, text.replaceAll(RELATIVE_IMPORT, '$1.js'));
  }
  const built = await manifest();
  await writeFile(join(outDir, 'package.json'), `${JSON.stringify(built, null, 2)}\n`);
  await copyFile(join(projectRoot, 'shared/calendar/README.md'), join(outDir, 'README.md'));
  await copyFile(join(projectRoot, 'LICENSE'), join(outDir, 'LICENSE'));
  return built;
}
