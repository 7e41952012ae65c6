import { type Check, failed, listed, passed } from '../check.ts';
import { deployAgain } from '../next.ts';

type Entries = { missing: string[]; url: string | null };

/**
 * Whether the jobs know where the functions are and how to prove who they are. A copy of a project
 * has the address of the original, and would wake its functions.
 */
export const vault: Check = {
  name: 'Vault',
  needs: 'database',
  async run(target) {
    const [entries] = await target.database.rows<Entries>(
      `select coalesce(jsonb_agg(n.name) filter (where coalesce(trim(s.decrypted_secret), '') = ''),
           '[]') as missing,
         max(s.decrypted_secret) filter (where s.name = 'barkbook_functions_url') as url
       from (values ('barkbook_functions_url'), ('barkbook_worker_secret')) as n (name)
       left join vault.decrypted_secrets s on s.name = n.name`,
    );
    const { missing = [], url = null } = entries ?? {};
    if (missing.length > 0) return failed(`${listed(missing)} missing`, deployAgain(target));
    // Inside a self-hosted network the functions have another address.
    if (target.kind !== 'self-hosted' && url !== target.functionsUrl) {
      return failed(
        `the jobs call ${url}, not ${target.functionsUrl}`,
        deployAgain(target),
      );
    }
    return passed(`the jobs call ${url}`);
  },
};
