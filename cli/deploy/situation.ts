import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { checkoutMigrations, type Migration } from '../target/checkout.ts';
import type { Target } from '../target/target.ts';
import type { SecretStore } from './secret-store.ts';

/** A salon of the target. */
export type Salon = { id: string; name: string; username: string | null };

/** What was there before this deployment. */
export type Situation = {
  /** Whether nothing of it may reach clients or Cal.com. */
  isPreview: boolean;
  /** Migrations in the database, this project's and others'. */
  applied: Migration[];
  /** Migrations of this checkout that the database lacks. */
  pending: Migration[];
  salons: Salon[];
  /** Whether a salon has a Cal.com API key in Vault. */
  hasApiKey: boolean;
  /** The names of the function secrets. */
  secrets: ReadonlySet<string>;
  /** Null where Auth cannot be configured from here. */
  auth: AuthSettings | null;
};

/** The settings of Auth that matter here. */
export type AuthSettings = {
  signUpIsOff: boolean;
  /** Null while it is Supabase's default, or not set. */
  siteUrl: string | null;
  confirmsEmail: boolean;
};

/** What Supabase enters for a new project. */
const DEFAULT_SITE_URL = 'http://localhost:3000';

/** Reads the target and changes nothing; throws a SetupProblem if it is not ready. */
export async function readSituation(
  target: Target,
  secrets: SecretStore,
  preview: boolean,
): Promise<Situation> {
  const isPreview = preview || await target.management?.isPreviewBranch() === true;
  await requireHealthy(target, isPreview);
  const [own, applied, salons, hasApiKey, names, auth] = await Promise.all([
    checkoutMigrations(),
    appliedMigrations(target),
    readSalons(target),
    readHasApiKey(target),
    secrets.names(),
    readAuth(target),
  ]);
  const versions = new Set(applied.map(({ version }) => version));
  const pending = own.filter(({ version }) => !versions.has(version));
  return { isPreview, applied, pending, salons, hasApiKey, secrets: names, auth };
}

/** All salons; none before the first deployment. */
export async function readSalons({ database }: Target): Promise<Salon[]> {
  const [table] = await database.rows<{ exists: boolean }>(
    "select to_regclass('public.salons') is not null as exists",
  );
  if (!table?.exists) return [];
  return await database.rows<Salon>(
    `select s.id::text, s.name, to_jsonb(s) ->> 'cal_com_username' as username
     from public.salons s order by s.created_at, s.id`,
  );
}

async function readHasApiKey({ database }: Target): Promise<boolean> {
  const [vault] = await database.rows<{ exists: boolean }>(
    "select to_regclass('vault.secrets') is not null as exists",
  );
  if (!vault?.exists) return false;
  const keys = await database.rows(
    "select from vault.secrets s where s.name like 'barkbook\\_calcom\\_api\\_key:%' limit 1",
  );
  return keys.length > 0;
}

/** A branch has no status of its own; its database answers or not. */
async function requireHealthy({ management, name }: Target, isPreview: boolean): Promise<void> {
  if (management === null || isPreview) return;
  const { status } = await management.project();
  if (status === 'ACTIVE_HEALTHY') return;
  const isPaused = status === 'INACTIVE' || status === 'PAUSING';
  throw new SetupProblem(
    isPaused
      ? `${name} is paused: restore it at https://supabase.com/dashboard/project/${management.ref}`
      : `${name} is ${status}: run the same command again when Supabase shows it as healthy`,
  );
}

async function appliedMigrations({ database }: Target): Promise<Migration[]> {
  const [table] = await database.rows<{ exists: boolean }>(
    "select to_regclass('supabase_migrations.schema_migrations') is not null as exists",
  );
  if (!table?.exists) return [];
  return await database.rows<Migration>(
    `select m.version, coalesce(m.name, '') as name
     from supabase_migrations.schema_migrations m order by m.version`,
  );
}

async function readAuth({ management }: Target): Promise<AuthSettings | null> {
  if (management === null) return null;
  const { disable_signup, site_url, mailer_autoconfirm } = await management.authConfig();
  const isSet = typeof site_url === 'string' && site_url !== '' && site_url !== DEFAULT_SITE_URL;
  return {
    signUpIsOff: disable_signup === true,
    siteUrl: isSet ? site_url : null,
    confirmsEmail: mailer_autoconfirm !== true,
  };
}
