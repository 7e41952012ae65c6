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
    const owner = await ensureOwner(deployment, newSalon);
    // The conditions, for a run that another one overtook.
    const created = await target.database.rows(
      `with created as (
         insert into public.salons (name, user_id, cal_com_username, timezone)
         select $1, u.id, $3, $4 from auth.users u
         where u.email = lower($2) and not exists (select from public.salons)
         order by u.created_at limit 1
         on conflict do nothing returning id)
       insert into public.sms_settings (salon_id, enabled) select c.id, $5 from created c
       returning salon_id`,
      [newSalon.name, newSalon.ownerEmail, newSalon.username, newSalon.timezone, sends(deployment)],
    );
    if (created.length === 0) return `${(await readSalons(target)).length} there`;
    return `created ${newSalon.name}, ${owner}`;
  },
};

/** Gives the only salon its username. */
async function nameHost(
  { target: { database }, answers: { hostUsername } }: Deployment,
  count: number,
): Promise<string> {
  if (hostUsername !== null && count === 1) {
    const named = await database.rows(
      `update public.salons set cal_com_username = $1
       where cal_com_username is null returning id`,
      [hostUsername],
    );
    if (named.length > 0) return `its Cal.com username is ${hostUsername}`;
  }
  const [row] = await database.rows<{ count: number }>(
    'select count(*)::integer as count from public.salons s where s.cal_com_username is null',
  );
  return `${count} there` +
    (row?.count ? `, ${row.count} without a Cal.com username: set salons.cal_com_username` : '');
}

/** Whether there is a provider, so that the salon's reminders can be on from the start. */
function sends({ newSecrets, situation }: Deployment): boolean {
  return 'SMS_PROVIDER' in newSecrets.values || situation.secrets.has('SMS_PROVIDER');
}

/** Creates the account of the owner, or invites them, unless they have one. Says which. */
async function ensureOwner(
  { target, answers, situation }: Deployment,
  { ownerEmail: email, ownerPassword: password }: NewSalon,
): Promise<string> {
  const existing = `owned by ${email}` + (password === null ? '' : ', who keeps the old password');
  if (await hasUser(email, target.database)) return existing;
  const siteUrl = answers.siteUrl ?? situation.auth?.siteUrl;
  const { auth: { admin } } = connect(target.apiUrl, await target.secretKey());
  const { error } = password === null
    ? await admin.inviteUserByEmail(email, siteUrl ? { redirectTo: siteUrl } : {})
    : await admin.createUser({ email, password, email_confirm: true });
  if (error === null) return `${password === null ? 'invited' : 'with an account for'} ${email}`;
  const code = isAuthApiError(error) ? error.code : undefined;
  // Another deployment was faster.
  if (code === 'email_exists' && await hasUser(email, target.database)) return existing;
  throw new SetupProblem(
    password === null
      ? `Auth could not invite ${email} (${code ?? error.message}): Supabase's own mail server ` +
        'writes only to members of the organization, so set up SMTP under Authentication, Emails, ' +
        'or put a password into OWNER_PASSWORD; then run the same command again'
      : `Auth could not create ${email} (${code ?? error.message}): choose another password`,
  );
}

async function hasUser(email: string, database: AdminDatabase): Promise<boolean> {
  const rows = await database.rows('select from auth.users u where u.email = lower($1)', [email]);
  return rows.length > 0;
}
