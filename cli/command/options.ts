import { parseArgs, type ParseArgsConfig } from 'node:util';
import { SetupProblem } from '../../local/setup/setup-problem.ts';

const BASE_ADDRESS = /^https?:\/\/[^\s?#]+$/;

/** Parses a command line; throws a SetupProblem with the usage when it is invalid. */
export function parseOptions<Config extends ParseArgsConfig>(
  config: Config,
  usage: string,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch {
    throw new SetupProblem(`usage: ${usage}`);
  }
}

/** Throws a SetupProblem for an address without `https://` (or `http://`), or with a query. */
export function requireBaseAddress(option: string, address: string): void {
  if (BASE_ADDRESS.test(address)) return;
  throw new SetupProblem(
    `${option} ${address} is not an address: it must begin with https:// and have no query`,
  );
}

/** A variable of the environment; null when it is not set or blank. */
export function readVariable(name: string, env: NodeJS.ProcessEnv = process.env): string | null {
  return env[name]?.trim() || null;
}
