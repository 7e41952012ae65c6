import { setTimeout as sleep } from 'node:timers/promises';
import { SetupProblem } from '../../../local/setup/setup-problem.ts';
import { connectAccount } from '../../register/account.ts';
import { register } from '../../register/register.ts';
import { describeRegistration } from '../../register/report.ts';
import type { Step } from '../deployment.ts';
import { openData, salonsWithKey, storeGivenKey } from '../salons-with-key.ts';

/**
 * Gives each salon with an API key its webhook in Cal.com, or completes it. A salon whose key Cal.com
 * refuses is shown and does not stop the others.
 */
export const webhooks: Step = {
  name: 'webhooks',
  async run(deployment) {
    const { target, situation, terminal } = deployment;
    if (situation.isPreview) return 'none in a preview';
    const data = await openData(deployment);
    await storeGivenKey(deployment, data);
    const salons = await salonsWithKey(deployment, data);
    let failed = 0;
    for (const { vault, ...salon } of salons) {
      try {
        const account = await connectAccount(salon, target.functionsUrl, vault);
        const result = await register(account, { rotate: false, wait: sleep, say: () => {} });
        if (result.created || result.others.length > 0) {
          terminal.say(`    ${salon.username}: ${describeRegistration(result)}`);
        }
      } catch (failure) {
        if (!(failure instanceof SetupProblem)) throw failure;
        failed += 1;
        terminal.say(`    ${salon.username}: ${failure.message}`);
      }
    }
    if (salons.length === 0) return 'no salon has a Cal.com API key: see docs/cal-com.md';
    return `${salons.length - failed} of ${salons.length} salons`;
  },
};
