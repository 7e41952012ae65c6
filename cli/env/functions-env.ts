import { randomBytes } from 'node:crypto';
import { appendFile, chmod, readFile } from 'node:fs/promises';
import { parseEnv } from 'node:util';
import { SECRET_FILE_MODE } from '../../local/stack/key-store.ts';

/** The names that were added, and the secret of the webhook, new or the developer's. */
export type Completed = { added: string[]; webhookSecret: string };

const SECRET_BYTES = 32;

/**
 * Adds to the file what the functions need and it does not have: the webhook secret, and settings
 * with which SMS are printed and `npm run remind -- --at` works. What stands in it stays as it is.
 *
 * The CLI itself gives functions every variable that begins with SUPABASE_, and no other value for
 * them has an effect.
 */
export async function completeFunctionsEnv(file: string): Promise<Completed> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const own = parseEnv(text);
  const wanted = {
    CALCOM_WEBHOOK_SECRET: randomBytes(SECRET_BYTES).toString('base64url'),
    SMS_PROVIDER: 'log',
    SMS_ALLOW_FAKE_CLOCK: 'true',
  };
  const added = Object.entries(wanted).filter(([name]) => own[name] === undefined);
  const separator = text === '' || text.endsWith('\n') ? '' : '\n';
  const lines = added.map(([name, value]) => `${name}=${value}\n`);
  if (added.length > 0) {
    // Before the secret is in it: the mode below is that of a new file only.
    await chmod(file, SECRET_FILE_MODE).catch(() => {});
    await appendFile(file, separator + lines.join(''), { mode: SECRET_FILE_MODE });
  }
  return {
    added: added.map(([name]) => name),
    webhookSecret: own.CALCOM_WEBHOOK_SECRET ?? wanted.CALCOM_WEBHOOK_SECRET,
  };
}
