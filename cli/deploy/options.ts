import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { readFrom } from '../backfill/options.ts';
import { parseOptions, requireBaseAddress } from '../command/options.ts';
import type { TargetOptions } from '../target/target.ts';

/** How the command is called. Secrets come from the environment, since npm prints the command line. */
export const USAGE = `npm run deploy -- --project-ref <ref> [--yes]
  [--sms-provider smsapi|twilio | --without-sms]
  [--salon-name <name> --owner-email <address> --cal-username <username> [--timezone <zone>]
    | --without-salon]
  [--site-url <address of the dashboard>] [--keep-sign-up] [--import-from <day>] [--preview]
  [--dashboard-dir <folder>]
or, self-hosted: npm run deploy -- --db-url <url> --functions-url <url> --functions-dir <folder> …
Secrets are asked for, or taken from the environment: see docs/configuration.md`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

const FLAGS = {
  'project-ref': text,
  'db-url': text,
  'functions-url': text,
  'functions-dir': text,
  'yes': flag,
  'preview': flag,
  'sms-provider': text,
  'without-sms': flag,
  'salon-name': text,
  'owner-email': text,
  'cal-username': text,
  'timezone': text,
  'without-salon': flag,
  'site-url': text,
  'keep-sign-up': flag,
  'import-from': text,
  'dashboard-dir': text,
} as const;

/** Options that contradict each other. */
const EXCLUSIVE = [
  ['sms-provider', 'without-sms'],
  ['salon-name', 'without-salon'],
  ['owner-email', 'without-salon'],
] as const;

/** What the command line asks for; undefined where it says nothing. */
export type Options = {
  target: TargetOptions;
  /** Self-hosted only: the folder that docker compose mounts as the functions. */
  functionsDir: string | undefined;
  /** Whether to ask nothing. */
  yes: boolean;
  /** Whether nothing of this deployment may reach clients or Cal.com. */
  preview: boolean;
  smsProvider: string | undefined;
  withoutSms: boolean;
  salonName: string | undefined;
  ownerEmail: string | undefined;
  calUsername: string | undefined;
  timezone: string | undefined;
  withoutSalon: boolean;
  siteUrl: string | undefined;
  keepSignUp: boolean;
  /** The first day whose bookings are imported. */
  importFrom: string | undefined;
  /** Where the dashboard is built, below the checkout. */
  dashboardDir: string | undefined;
};

/** Reads the command line; throws a SetupProblem when it is invalid. */
export function readOptions(args: string[]): Options {
  const { values } = parseOptions({ args, options: FLAGS }, USAGE);
  const target = {
    ref: values['project-ref'],
    dbUrl: values['db-url'],
    functionsUrl: values['functions-url'],
  };
  if (target.ref === undefined && target.dbUrl === undefined) {
    throw new SetupProblem(`usage: ${USAGE}`);
  }
  for (const [one, other] of EXCLUSIVE) {
    if (values[one] !== undefined && values[other]) {
      throw new SetupProblem(`--${one} and --${other} exclude each other: pass one of them`);
    }
  }
  if (target.dbUrl !== undefined && values['functions-dir'] === undefined) {
    throw new SetupProblem(
      '--db-url needs --functions-dir: the folder that docker compose mounts as the functions, ' +
        'such as /srv/supabase/docker/volumes/functions',
    );
  }
  const { timezone, 'site-url': siteUrl } = values;
  if (timezone !== undefined && !isTimeZone(timezone)) {
    throw new SetupProblem(`--timezone ${timezone} is no time zone: write Europe/Warsaw`);
  }
  if (siteUrl !== undefined) requireBaseAddress('--site-url', siteUrl);
  const importFrom = values['import-from'];
  // The zone is the salon's in the end; here only whether it is a day matters.
  if (importFrom !== undefined) readFrom(importFrom, 'UTC', '--import-from');
  return {
    target,
    functionsDir: values['functions-dir'],
    yes: values.yes,
    preview: values.preview,
    smsProvider: values['sms-provider'],
    withoutSms: values['without-sms'],
    salonName: values['salon-name'],
    ownerEmail: values['owner-email'],
    calUsername: values['cal-username'],
    timezone,
    withoutSalon: values['without-salon'],
    siteUrl,
    keepSignUp: values['keep-sign-up'],
    importFrom,
    dashboardDir: values['dashboard-dir'],
  };
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
