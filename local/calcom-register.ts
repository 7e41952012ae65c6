/** `npm run calcom:register`: gives a salon a webhook of its own in Cal.com, with its own secret. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Account, openAccount } from './register/account.ts';
import { type Options, readOptions } from './register/options.ts';
import { openProject, type Project } from './register/project.ts';
import { register } from './register/register.ts';
import { remove } from './register/remove.ts';
import { describeRegistration, describeRemoval, describeWebhooks } from './register/report.ts';
import { findSalon, salonsWithUsername } from './register/salons.ts';
import { createVault } from './register/vault.ts';
import { reportFailure, SetupProblem } from './setup-problem.ts';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const project = await openProject(options);
  if (options.action === 'list') return await listAll(options, project);

  const account = await accountOfSalon(options.salon ?? '', project);
  const { username, webhookUrl } = account;
  console.log(`Cal.com user ${username} -> ${webhookUrl}`);
  if (options.action === 'delete') {
    return console.log(describeRemoval(await remove(account)));
  }
  const say = (line: string) => console.log(line);
  const result = await register(account, { rotate: options.action === 'rotate', wait: sleep, say });
  console.log(describeRegistration(result));
}

async function accountOfSalon(username: string, project: Project): Promise<Account> {
  const salon = await findSalon(username, project.database);
  return await openAccount(salon, project, createVault(project.database, salon.id));
}

/** One salon without a key must not hide the others. */
async function listAll({ salon }: Options, project: Project): Promise<void> {
  const usernames = salon === null ? await salonsWithUsername(project.database) : [salon];
  if (usernames.length === 0) throw new SetupProblem('no salon has a cal_com_username: set one');
  for (const username of usernames) {
    console.log(`Cal.com user ${username}`);
    try {
      console.log(await describeWebhooks(await accountOfSalon(username, project)));
    } catch (failure) {
      if (!(failure instanceof SetupProblem) || salon !== null) throw failure;
      console.log(`  ${failure.message}`);
    }
  }
}

try {
  await main();
} catch (failure) {
  reportFailure(failure);
  process.exitCode = 1;
}
