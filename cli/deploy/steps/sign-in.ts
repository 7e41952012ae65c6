import type { Deployment, Step } from '../deployment.ts';

/** What changes in Auth. */
export type AuthChange = { patch: Record<string, unknown>; says: string[] };

/** Only invited users sign in, with a confirmed address, at the address of the dashboard. */
export function planAuth(
  { situation, options, answers }: Pick<Deployment, 'situation' | 'options' | 'answers'>,
): AuthChange {
  const change: AuthChange = { patch: {}, says: [] };
  const { auth, isPreview } = situation;
  if (auth === null || isPreview) return change;
  if (!auth.signUpIsOff && !options.keepSignUp) {
    change.patch.disable_signup = true;
    change.says.push('sign-up off (--keep-sign-up keeps it on)');
  }
  if (!auth.confirmsEmail) {
    change.patch.mailer_autoconfirm = false;
    change.says.push('"Confirm email" on');
  }
  if (answers.siteUrl !== null && answers.siteUrl !== auth.siteUrl) {
    change.patch.site_url = answers.siteUrl;
    change.says.push(`Site URL ${answers.siteUrl}`);
  }
  return change;
}

/** Configures Auth. */
export const signIn: Step = {
  name: 'sign-in',
  async run(deployment) {
    const { target: { management }, situation } = deployment;
    if (situation.isPreview) return 'as it is in a preview';
    if (management === null) {
      return 'set DISABLE_SIGNUP=true, ENABLE_EMAIL_AUTOCONFIRM=false and SITE_URL in the .env of ' +
        'docker compose';
    }
    const { patch, says } = planAuth(deployment);
    if (says.length === 0) return 'as before';
    await management.updateAuthConfig(patch);
    return says.join(', ');
  },
};
