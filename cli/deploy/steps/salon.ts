import { isAuthApiError } from '@supabase/supabase-js';
import { SetupProblem } from '../../../local/setup/setup-problem.ts';
import { connect } from '../../project/data-api.ts';
import type { AdminDatabase } from '../../target/admin-database.ts';
import type { NewSalon } from '../answers.ts';
import type { Deployment, Step } from '../deployment.ts';
import { readSalons } from '../situation.ts';

/** Creates the first salon and invites its owner, unless they are there. */
export const salon: Step = {
  name: 'salon',
  async run(deployment) {
    const { target, answers: { newSalon }, options } = deployment;
    const salons = await readSalons(target);
    if (salons.length > 0) return await nameHost(deployment, salons.length);
    if (newSalon === null) return options.withoutSalon ? 'none yet' : 'none in a preview';
    const invited = await inviteOwner(deployment, newSalon);
    // The condition, for a run that another one overtook.
    await target.database.rows(
      `insert into public.salons (name, user_id, cal_com_username, timezone)
       select $1, u.id, $3, $4 from auth.users u
       where u.email = lower($2) and not exists (select from public.salons)`,
      [newSalon.name, newSalon.ownerEmail, newSalon.username, newSalon.timezone],
    );
    return `created ${newSalon.name}, ${invited ? 'invited' : 'owned by'} ${newSalon.ownerEmail}`;
  },
};

/** The only salon of a BarkBook project may still lack the username that finds its deliveries. */
async function nameHost(
  { target: { database }, options: { calUsername } }: Deployment,
  count: number,
): Promise<string> {
  if (calUsername !== undefined && count === 1) {
    const named = await database.rows(
      `update public.salons set cal_com_username = $1
       where cal_com_username is null returning id`,
      [calUsername],
    );
    if (named.length > 0) return `its Cal.com username is ${calUsername}`;
  }
  const [row] = await database.rows<{ count: number }>(
    'select count(*)::integer as count from public.salons s where s.cal_com_username is null',
  );
  return `${count} there` +
    (row?.count ? `, ${row.count} without a Cal.com username: set salons.cal_com_username` : '');
}

/** True if an invitation was sent; false if the user is there already. */
async function inviteOwner(
  { target, answers, situation }: Deployment,
  { ownerEmail }: NewSalon,
): Promise<boolean> {
  if (await hasUser(ownerEmail, target.database)) return false;
  const siteUrl = answers.siteUrl ?? situation.auth?.siteUrl;
  const { auth } = connect(target.apiUrl, await target.secretKey());
  const { error } = await auth.admin.inviteUserByEmail(
    ownerEmail,
    siteUrl ? { redirectTo: siteUrl } : {},
  );
  if (error === null) return true;
  const code = isAuthApiError(error) ? error.code : undefined;
  throw new SetupProblem(
    `Auth could not invite ${ownerEmail} (${code ?? error.message}): Supabase's own mail server ` +
      'writes only to members of the organization, so set up SMTP under Authentication, Emails, ' +
      'or add the user under Authentication, Users; then run the same command again',
  );
}

async function hasUser(email: string, database: AdminDatabase): Promise<boolean> {
  const rows = await database.rows('select from auth.users u where u.email = lower($1)', [email]);
  return rows.length > 0;
}
