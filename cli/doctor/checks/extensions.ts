import { type Check, failed, listed, passed } from '../check.ts';
import { deployAgain } from '../next.ts';

/**
 * Whether there is what pg_cron, pg_net and Vault bring. Asked for by what is called, because the
 * local stack has it without the extensions.
 */
export const extensions: Check = {
  name: 'extensions',
  needs: 'database',
  async run(target) {
    const rows = await target.database.rows<{ name: string; exists: boolean }>(
      `select name, to_regclass(relation) is not null as exists
       from (values ('pg_cron', 'cron.job'), ('pg_net', 'net._http_response'),
         ('supabase_vault', 'vault.decrypted_secrets')) as needed (name, relation)`,
    );
    const missing = rows.filter(({ exists }) => !exists).map(({ name }) => name);
    return missing.length === 0
      ? passed(rows.map(({ name }) => name).join(', '))
      : failed(`${listed(missing)} not installed`, deployAgain(target));
  },
};
