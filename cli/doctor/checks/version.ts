import { checkoutVersion } from '../../target/checkout.ts';
import { type Check, failed, passed, unjudged } from '../check.ts';
import { deployAgain } from '../next.ts';

/** Whether the version that was last deployed is that of this checkout. */
export const version: Check = {
  name: 'version',
  needs: 'database',
  async run(target) {
    if (target.kind === 'local') return unjudged('the local stack always runs this checkout');
    const [deployment] = await target.database.rows<{ version: string; at: string }>(
      `select d.version, to_char(d.deployed_at, 'YYYY-MM-DD') as at
       from private.deployments d order by d.id desc limit 1`,
    );
    const own = await checkoutVersion();
    if (deployment === undefined) return failed('no deployment is recorded', deployAgain(target));
    return deployment.version === own ? passed(`${own}, deployed ${deployment.at}`) : failed(
      `${deployment.version} is deployed, this checkout is ${own}`,
      `check out ${deployment.version}, or ${deployAgain(target)}`,
    );
  },
};
