import { parseArgs } from 'node:util';
import { SetupProblem } from '../setup-problem.ts';

const USAGE =
  'npm run calcom:register -- --salon <cal.com username> [--rotate | --delete | --list] ' +
  '[--url https://<ref>.supabase.co] [--functions-url <url>]';

/** What to do with a salon's webhook. */
export type Action = 'register' | 'rotate' | 'delete' | 'list';

/** What the command line asks for. */
export type Options = {
  action: Action;
  /** Null only to list all salons. */
  salon: string | null;
  /** The project; null: the local stack. */
  url: string | null;
  /** Where Cal.com reaches the functions, if not at the project's address. */
  functionsUrl: string | null;
};

/** Reads the command line; throws a SetupProblem with the usage when it makes no sense. */
export function readOptions(args: string[]): Options {
  const { salon = null, url = null, 'functions-url': functionsUrl = null, ...flags } = parse(args);
  const chosen = (['rotate', 'delete', 'list'] as const).filter((flag) => flags[flag]);
  const [action = 'register'] = chosen;
  if (chosen.length > 1 || salon?.trim() === '' || (salon === null && action !== 'list')) {
    throw new SetupProblem(`usage: ${USAGE}`);
  }
  for (const [name, value] of [['--url', url], ['--functions-url', functionsUrl]] as const) {
    if (value !== null && !/^https?:\/\/[^\s?#]+$/.test(value)) {
      throw new SetupProblem(`${name} ${value} is not an address; usage: ${USAGE}`);
    }
  }
  return { action, salon, url, functionsUrl };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        'salon': { type: 'string' },
        'rotate': { type: 'boolean', default: false },
        'delete': { type: 'boolean', default: false },
        'list': { type: 'boolean', default: false },
        'url': { type: 'string' },
        'functions-url': { type: 'string' },
      },
    }).values;
  } catch {
    throw new SetupProblem(`usage: ${USAGE}`);
  }
}
