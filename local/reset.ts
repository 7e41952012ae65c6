/** `npm run reset`: the next `npm start` begins with an empty database. Keys are kept. */
import { rm } from 'node:fs/promises';
import { parseOptions } from '../cli/command/options.ts';
import { runMain } from '../cli/command/run-main.ts';
import { localPaths } from './setup/paths.ts';
import { refuseIfRunning } from './stack/stack-lock.ts';

const USAGE = 'npm run reset';

await runMain(USAGE, async (args) => {
  parseOptions({ args, options: {} }, USAGE);
  const paths = localPaths();
  await refuseIfRunning(paths.lock, '');
  await rm(paths.data, { recursive: true, force: true });
  await rm(paths.stackEnv, { force: true });
  console.log('The local database is gone; npm start sets up a new one.');
});
