import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../local/setup/paths.ts';

/** The folder for the sources, which the runtime does not serve: it begins with an underscore. */
const SOURCES = '_barkbook';

/**
 * Copies the functions into the folder that a self-hosted edge runtime serves. The sources keep
 * their places towards each other; each function is an entry point beside the copy.
 */
export async function copyFunctions(functionsDir: string, names: readonly string[]): Promise<void> {
  for (const folder of ['supabase/functions', 'shared']) {
    await cp(join(projectRoot, folder), join(functionsDir, SOURCES, folder), {
      recursive: true,
      filter: (path) => !path.endsWith('.env'),
    });
  }
  for (const name of names) {
    const source = join(projectRoot, 'supabase', 'functions', name, 'deno.json');
    await mkdir(join(functionsDir, name), { recursive: true });
    await cp(source, join(functionsDir, name, 'deno.json'));
    await writeFile(
      join(functionsDir, name, 'index.ts'),
      `export { default } from '../${SOURCES}/supabase/functions/${name}/index.ts';\n`,
    );
  }
}
