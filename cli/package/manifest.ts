import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../local/setup/paths.ts';

/** The package.json of the package. */
export type Manifest = Awaited<ReturnType<typeof manifest>>;

/** The oldest supabase-js that has all that the calendar calls. */
const SUPABASE_JS = '^2.45.0';

/** Makes the package.json: version, licence and the CSV writer are those of this project. */
export async function manifest() {
  const text = await readFile(join(projectRoot, 'package.json'), 'utf8');
  const project: { version: string; license: string; dependencies: Record<string, string> } = JSON
    .parse(text);
  return {
    name: '@barkbook/calendar',
    version: project.version,
    description: "The typed client of BarkBook's calendar for grooming salons",
    license: project.license,
    type: 'module',
    sideEffects: false,
    exports: {
      '.': { types: './calendar/index.d.ts', default: './calendar/index.js' },
      './package.json': './package.json',
    },
    types: './calendar/index.d.ts',
    files: ['**/*.js', '**/*.d.ts'],
    dependencies: { papaparse: project.dependencies.papaparse },
    peerDependencies: { '@supabase/supabase-js': SUPABASE_JS },
    publishConfig: { access: 'public' },
  };
}
