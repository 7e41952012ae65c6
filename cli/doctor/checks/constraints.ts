import { counted } from '../../command/counted.ts';
import { type Check, failed, listed, passed } from '../check.ts';
import { inSqlEditor } from '../next.ts';

type Constraint = { table: string; name: string };

/** Whether old rows keep every rule. A rule that is not validated holds for new rows only. */
export const constraints: Check = {
  name: 'constraints',
  needs: 'database',
  async run({ database }) {
    const rows = await database.rows<Constraint>(
      `select c.conrelid::regclass::text as table, c.conname::text as name
       from pg_constraint c
       -- A domain's constraint belongs to no table.
       where not c.convalidated and c.conrelid <> 0
         and c.connamespace in (select n.oid from pg_namespace n
           where n.nspname in ('public', 'private'))
       order by 1, 2`,
    );
    const [first] = rows;
    if (first === undefined) return passed('all validated');
    return failed(
      `${counted(rows.length, 'constraint')} not validated: ` +
        listed(rows.map(({ table, name }) => `${name} of ${table}`)),
      'correct the rows, then ' +
        inSqlEditor(`alter table ${first.table} validate constraint "${first.name}";`),
    );
  },
};
