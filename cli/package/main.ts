/** `npm run package`: builds the npm package @barkbook/calendar into dist/calendar. */
import { join } from 'node:path';
import { projectRoot } from '../../local/setup/paths.ts';
import { parseOptions } from '../command/options.ts';
import { runMain } from '../command/run-main.ts';
import { buildPackage } from './build.ts';

const USAGE = 'npm run package';
const OUT_DIR = join('dist', 'calendar');

await runMain(USAGE, async (args) => {
  parseOptions({ args, options: {} }, USAGE);
  const { name, version } = await buildPackage(join(projectRoot, OUT_DIR));
  console.log(`${name} ${version} is in ${OUT_DIR}. To publish it: npm publish ./${OUT_DIR}`);
});
