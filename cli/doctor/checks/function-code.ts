import { functionsHash } from '../../target/checkout.ts';
import { type Check, failed, passed, unjudged } from '../check.ts';
import { deployAgain } from '../next.ts';

/** Whether the functions that were last uploaded are those of this checkout. */
export const functionCode: Check = {
  name: 'function code',
  needs: 'database',
  async run(target) {
    if (target.kind === 'local') return unjudged('the local stack always runs this checkout');
    const [deployment] = await target.database.rows<{ hash: string }>(
      `select d.functions_hash as hash from private.deployments d
       where d.functions_hash is not null order by d.id desc limit 1`,
    );
    if (deployment === undefined) {
      return failed('no upload is recorded', deployAgain(target));
    }
    return deployment.hash === await functionsHash()
      ? passed('as in this checkout')
      : failed('differs from this checkout', deployAgain(target));
  },
};
