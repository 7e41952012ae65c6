import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { parseOptions, requireBaseAddress } from '../command/options.ts';

/** How the command is called. */
export const USAGE =
  'npm run calcom:register -- --salon <cal.com username> [--rotate | --revoke | --delete | --list] ' +
  '[--url https://<ref>.supabase.co] [--functions-url <url>]';

/** What to do with a salon's webhook. */
export type Action = 'register' | 'rotate' | 'revoke' | 'delete' | 'list';

/** What the command line asks for. */
export type Options = {
  action: Action;
  /** Null only to list all salons. */
  salon: string | null;
  /** The project; null: the local stack. */
  url: string | null;
  /** Where Cal.com reaches the functions, if not at the project's address; no slash at the end. */
  functionsUrl: string | null;
};

/** Reads the command line; throws a SetupProblem with the usage when it is invalid. */
export function readOptions(args: string[]): Options {
  const { salon = null, url = null, 'functions-url': functionsUrl = null, ...flags } = parse(args);
  const chosen = (['rotate', 'revoke', 'delete', 'list'] as const).filter((flag) => flags[flag]);
  const [action = 'register'] = chosen;
  if (chosen.length > 1 || salon?.trim() === '' || (salon === null && action !== 'list')) {
    throw new SetupProblem(`usage: ${USAGE}`);
  }
  if (url !== null) requireBaseAddress('--url', url);
  if (functionsUrl !== null) requireBaseAddress('--functions-url', functionsUrl);
  return { action, salon, url, functionsUrl: functionsUrl?.replace(/\/+$/, '') ?? null };
}

function parse(args: string[]) {
  return parseOptions({
    args,
    options: {
      'salon': { type: 'string' },
      'rotate': { type: 'boolean', default: false },
      'revoke': { type: 'boolean', default: false },
      'delete': { type: 'boolean', default: false },
      'list': { type: 'boolean', default: false },
      'url': { type: 'string' },
      'functions-url': { type: 'string' },
    },
  }, USAGE).values;
}
