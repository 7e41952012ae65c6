import { SetupProblem } from '../../../local/setup/setup-problem.ts';
import { smsProvider } from '../../doctor/checks/sms-provider.ts';
import type { Deployment, Step } from '../deployment.ts';

/** Sets the functions' secrets, after asking the SMS provider whether it accepts its own. */
export const secrets: Step = {
  name: 'secrets',
  async run(deployment) {
    const { situation, newSecrets, secrets: store, terminal } = deployment;
    if (situation.isPreview && situation.secrets.has('SMS_PROVIDER')) {
      await store.remove('SMS_PROVIDER');
    }
    const { values, madeWebhookSecret } = newSecrets;
    await checkProvider(deployment);
    if (madeWebhookSecret !== null) {
      // Before it is set: a secret that is set and was not shown would be lost.
      terminal.say(
        `    New CALCOM_WEBHOOK_SECRET, shown only now, for salons without a webhook of their own: ` +
          madeWebhookSecret,
      );
    }
    const names = Object.keys(values).sort();
    if (names.length === 0) return 'as before';
    await store.set(values);
    return `set ${names.join(', ')}`;
  },
};

/** Only with credentials of this shell: those of the project cannot be read. */
async function checkProvider(
  { target, newSecrets: { values } }: Pick<Deployment, 'target' | 'newSecrets'>,
): Promise<void> {
  if (values.SMSAPI_TOKEN === undefined && values.TWILIO_AUTH_TOKEN === undefined) return;
  const verdict = await smsProvider.run({ ...target, kind: 'hosted' }, values);
  if (verdict.ok === false) throw new SetupProblem(`${verdict.problem}: ${verdict.next}`);
}
