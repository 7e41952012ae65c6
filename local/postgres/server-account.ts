import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { SetupProblem } from '../setup/setup-problem.ts';

const run = promisify(execFile);

/** A user by number. */
export interface UnixUser {
  uid: number;
  gid: number;
}

/** How to run Postgres' programs. */
export interface ServerAccount {
  /** Owner of the data directory, or null when that is us. */
  owner: UnixUser | null;
  /** The prefix of every command. */
  prefix: string[];
}

const SERVER_USER = 'postgres';

/** Without the secure bit, access(2), which initdb calls, would ignore the capability. */
const PASS_PRIVATE_FOLDERS = [
  '--securebits=+no_setuid_fixup',
  '--inh-caps=+dac_override',
  '--ambient-caps=+dac_override',
];

/**
 * Finds a user to run Postgres: the current one or, since Postgres refuses root, the system user
 * `postgres`, which is created if it does not exist.
 *
 * That user can enter a checkout below /root only with a capability from setpriv, which is used
 * only there. Throws a SetupProblem if neither works.
 */
export async function serverAccount(folders: string[]): Promise<ServerAccount> {
  if (process.getuid?.() !== 0) return { owner: null, prefix: [] };
  const owner = await lookUp(SERVER_USER) ?? await create(SERVER_USER);
  const plain = ['setpriv', `--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'];
  const passing = [...plain, ...PASS_PRIVATE_FOLDERS];
  for (const prefix of [plain, passing]) {
    if (await canEnter(prefix, folders)) return { owner, prefix };
  }
  throw new SetupProblem(
    `Postgres does not run as root, and the user ${SERVER_USER} cannot enter ${folders[0]}: ` +
      'run npm as an ordinary user',
  );
}

async function lookUp(name: string): Promise<UnixUser | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

async function create(name: string): Promise<UnixUser> {
  const args = ['--system', '--user-group', '--no-create-home', name];
  const created = await run('useradd', args).then(() => lookUp(name), () => null);
  if (created) return created;
  throw new SetupProblem(
    `Postgres does not run as root and the user ${name} could not be created: ` +
      'run npm as an ordinary user',
  );
}

async function canEnter(prefix: string[], folders: string[]): Promise<boolean> {
  const [command = '', ...args] = [...prefix, 'ls', '-d', ...folders.map((dir) => `${dir}/.`)];
  return await run(command, args).then(() => true, () => false);
}
