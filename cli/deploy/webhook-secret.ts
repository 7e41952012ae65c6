import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from '../../local/processes/run-command.ts';
import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { supabaseCommand } from '../../local/setup/supabase-cli.ts';
import { SECRET_FILE_MODE } from '../../local/stack/key-store.ts';
import { MIN_SECRET_CHARACTERS, parseSecrets } from '../../shared/calcom/signature.ts';
import type { Options } from './options.ts';
import { failedStep, runStep } from './run-step.ts';

/** Where the secret comes from: the environment, an earlier deployment, or this one. */
export type SecretOrigin = 'given' | 'kept' | 'made';

const NAME = 'CALCOM_WEBHOOK_SECRET';
const SECRET_BYTES = 32;

/** A value that needs no quotes in a .env file; several secrets are separated by commas. */
const PLAIN_VALUE = /^[\w.,~+/=-]+$/;

/**
 * Makes sure that the project has a secret: CALCOM_WEBHOOK_SECRET from the environment, else the
 * one it already has, else a new random one.
 */
export async function ensureWebhookSecret(project: Options): Promise<SecretOrigin> {
  const given = process.env[NAME];
  if (given) {
    await setSecret(given, project);
    return 'given';
  }
  if (await hasSecret(project)) {
    console.log(`\n${NAME} is set already and stays as it is.`);
    return 'kept';
  }
  const made = randomBytes(SECRET_BYTES).toString('base64url');
  await setSecret(made, project);
  // Printed at once: it cannot be read from the project if a later step fails.
  console.log(`\nNew ${NAME}, shown only now: ${made}`);
  return 'made';
}

async function hasSecret({ ref }: Options): Promise<boolean> {
  const { ok, stdout, output } = await runCommand(
    supabaseCommand('secrets', 'list', `--remote=${ref}`, '--output-format', 'json'),
  );
  if (!ok) {
    console.log(`\n> supabase secrets list\n${output.trimEnd()}`);
    throw failedStep('secrets list');
  }
  const { secrets }: { secrets: { name: string }[] } = JSON.parse(stdout);
  return secrets.some(({ name }) => name === NAME);
}

/** Passes it in a file, because other users of the machine can read a command line. */
async function setSecret(value: string, project: Options): Promise<void> {
  if (!PLAIN_VALUE.test(value)) {
    throw new SetupProblem(`${NAME} may consist of letters, digits and . , ~ + / = _ - only`);
  }
  if (parseSecrets(value).some((secret) => secret.length < MIN_SECRET_CHARACTERS)) {
    throw new SetupProblem(
      `${NAME} is too short: the functions refuse secrets of less than ${MIN_SECRET_CHARACTERS} ` +
        'characters. Unset it, and this command makes one',
    );
  }
  const dir = await mkdtemp(join(tmpdir(), 'barkbook-deploy-'));
  try {
    const file = join(dir, 'secrets.env');
    await writeFile(file, `${NAME}=${value}\n`, { mode: SECRET_FILE_MODE });
    await runStep('secrets set', ['--env-file', file, `--remote=${project.ref}`], project);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
