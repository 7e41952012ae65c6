/** `npm run calcom:register`: gives a salon its own webhook in Cal.com, with its own secret. */
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { runMain } from '../command/run-main.ts';
import type { DataApi } from '../project/data-api.ts';
import { openProject } from '../project/project.ts';
import { findSalon, salonsWithUsername } from '../project/salons.ts';
import { createVault } from '../project/vault.ts';
import { type Account, openAccount } from './account.ts';
import { type Options, readOptions, USAGE } from './options.ts';
import { register } from './register.ts';
import { remove } from './remove.ts';
import { describeRegistration, describeRemoval, describeWebhooks } from './report.ts';

/** The salons, and the address of the functions that their webhooks send to. */
type Receiver = { database: DataApi; functionsUrl: string };

await runMain(USAGE, async (args) => {
  const options = readOptions(args);
  const { database, functionsUrl } = await openProject(options.url);
  const receiver = { database, functionsUrl: options.functionsUrl ?? functionsUrl };
  if (options.action === 'list') return await listWebhooks(options, receiver);

  const username = options.salon ?? '';
  if (options.action === 'revoke') await revokeSecrets(username, database);
  const account = await accountOfSalon(username, receiver);
  console.log(`Cal.com user ${account.username} -> ${account.webhookUrl}`);
  if (options.action === 'delete') {
    return console.log(describeRemoval(await remove(account)));
  }
  const say = (line: string) => console.log(line);
  const rotate = options.action === 'rotate' || options.action === 'revoke';
  const result = await register(account, { rotate, wait: sleep, say });
  console.log(describeRegistration(result));
});

/** Needs no Cal.com, which may not be reachable. */
async function revokeSecrets(username: string, database: DataApi): Promise<void> {
  const salon = await findSalon(username, database);
  await createVault(database, salon.id).revoke();
  console.log(
    'Revoked: deliveries are refused until Cal.com has the new secret. If a step below fails, run ' +
      'npm run calcom:register again without --revoke.',
  );
}

async function accountOfSalon(
  username: string,
  { database, functionsUrl }: Receiver,
): Promise<Account> {
  const salon = await findSalon(username, database);
  return await openAccount(salon, functionsUrl, createVault(database, salon.id));
}

/** One salon without a key must not hide the others. */
async function listWebhooks({ salon }: Options, receiver: Receiver): Promise<void> {
  const usernames = salon === null ? await salonsWithUsername(receiver.database) : [salon];
  if (usernames.length === 0) throw new SetupProblem('no salon has a cal_com_username: set one');
  for (const username of usernames) {
    console.log(`Cal.com user ${username}`);
    try {
      console.log(await describeWebhooks(await accountOfSalon(username, receiver)));
    } catch (failure) {
      if (!(failure instanceof SetupProblem) || salon !== null) throw failure;
      console.log(`  ${failure.message}`);
    }
  }
}
