/** `npm run reset`: the next `npm start` begins with an empty database. Keys are kept. */
import { rm } from 'node:fs/promises';
import { localPaths } from './setup/paths.ts';
import { reportFailure } from './setup/setup-problem.ts';
import { refuseIfRunning } from './stack/stack-lock.ts';

const paths = localPaths();

try {
  await refuseIfRunning(paths.lock, '');
  await rm(paths.data, { recursive: true, force: true });
  await rm(paths.stackEnv, { force: true });
  console.log('The local database is gone; npm start sets up a new one.');
} catch (failure) {
  reportFailure(failure);
  process.exitCode = 1;
}
