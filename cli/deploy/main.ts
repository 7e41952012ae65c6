/**
 * `npm run deploy`: brings a hosted or self-hosted project to this checkout, from an empty project to
 * the first reminder. Run it again after a failure, and for every new version: each step does only
 * what is still to be done.
 */
import { runMain } from '../command/run-main.ts';
import { deploy } from './deploy.ts';
import { USAGE } from './options.ts';
import { openTerminal } from './terminal.ts';

await runMain(USAGE, (args) => deploy(args, openTerminal(), process.env));
