/**
 * `node cli/launch.js <program> [<argument>…]`: runs a program of this project, as the scripts of
 * package.json do. Where it cannot run, says in one line what to do.
 *
 * It is JavaScript, because the Node of the machine may be too old for TypeScript: `npm ci` installs
 * a newer one, which npm finds first.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What keeps every program of the project from running; null if nothing does. */
function findProblem() {
  const packages = resolve(root, 'node_modules');
  if (!existsSync(packages)) return 'nothing is installed yet: run npm ci';
  const { dependencies, devDependencies } = JSON.parse(readFileSync(resolve(root, 'package.json')));
  const missing = Object.keys({ ...dependencies, ...devDependencies })
    .find((name) => !existsSync(resolve(packages, name)));
  if (missing !== undefined) return `${missing} is not installed: run npm ci`;
  // Nodes 22 and 23 do without a flag only from some minor version on.
  if (process.features.typescript) return null;
  return process.env.npm_lifecycle_event === undefined
    ? `Node ${process.versions.node} cannot run this project: use npm start, npm test or npm run, ` +
      'which take the Node that npm ci installs'
    : 'Node 24 is not installed: run npm ci, with install scripts allowed';
}

const problem = findProblem();
if (problem === null) {
  process.argv.splice(1, 2, resolve(process.argv[2]));
  await import(pathToFileURL(process.argv[1]).href);
} else {
  console.error(`error: ${problem}`);
  process.exitCode = 1;
}
