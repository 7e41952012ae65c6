import { counted } from '../../command/counted.ts';
import { type Check, failed, listed, passed, unjudged } from '../check.ts';
import { inSqlEditor } from '../next.ts';

type Salon = { id: string; name: string };

/** For so long, an owner who has not accepted the invitation is no problem. */
const TIME_TO_ACCEPT = '7 days';

/** Whether every salon gets its deliveries: it needs a username, or a webhook of its own. */
export const salons: Check = {
  name: 'salons',
  needs: 'database',
  async run(target) {
    const [total] = await target.database.rows<{ count: number }>(
      'select count(*)::integer as count from public.salons',
    );
    if (!total?.count) return unjudged('there is no salon yet');
    const rows = await target.database.rows<Salon>(
      `select s.id::text, s.name from public.salons s
       where s.cal_com_username is null and not private.has_salon_secret('webhook_secret', s.id)
       order by s.name, s.id`,
    );
    const [first] = rows;
    if (first === undefined) return passed(counted(total.count, 'salon'));
    return failed(
      `${counted(rows.length, 'salon')} without a Cal.com username: ${
        listed(rows.map(({ name }) => name))
      }`,
      inSqlEditor(`update salons set cal_com_username = '…' where id = '${first.id}';`),
    );
  },
};

/** Whether somebody can sign in to every salon and change its settings. */
export const owners: Check = {
  name: 'owners',
  needs: 'database',
  async run({ database }) {
    const rows = await database.rows<Salon & { is_invited: boolean; may_wait: boolean }>(
      `select s.id::text, s.name, o.is_invited, o.may_wait from public.salons s
       cross join lateral (
         select coalesce(bool_or(u.email_confirmed_at is not null), false) as is_confirmed,
           coalesce(bool_or(u.invited_at is not null), false) as is_invited,
           coalesce(bool_or(u.invited_at > now() - $1::interval), false) as may_wait
         from auth.users u
         where u.id = s.user_id or exists (
           select from public.salon_members m
           where m.salon_id = s.id and m.role = 'owner' and m.user_id = u.id)) o
       where not o.is_confirmed
       order by s.name, s.id`,
      [TIME_TO_ACCEPT],
    );
    const ownerless = rows.filter((row) => !row.may_wait);
    const [first] = ownerless;
    if (first === undefined) {
      return rows.length === 0
        ? passed('every salon has one with a confirmed account')
        : unjudged(`invited, and yet to accept: ${listed(rows.map(({ name }) => name))}`);
    }
    return failed(
      `${counted(ownerless.length, 'salon')} without an owner whose account is confirmed: ${
        listed(ownerless.map(({ name }) => name))
      }`,
      first.is_invited
        ? `ask the owner of ${first.name} to accept the invitation that was sent by e-mail`
        : 'invite the owner (Authentication, Users), then ' +
          inSqlEditor(`update salons set user_id = '<their id>' where id = '${first.id}';`),
    );
  },
};
