import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { signUserToken } from '../../local/stack/keys.ts';
import { parseSecrets } from '../../shared/calcom/signature.ts';
import { readVariable } from '../command/options.ts';
import { connectAsUser, type DataApi } from '../project/data-api.ts';
import { readLocalStack } from '../project/local-stack.ts';
import type { Options } from './options.ts';

/** A webhook that deliveries go to, with the secret that signs them. */
export type Webhook = { webhookUrl: string; secret: string };

/** Where deliveries go, and how to see their result. */
export type Target = Webhook & {
  /** Opens the calendar as one of its users; null for a project whose keys we do not have. */
  openAs: ((userId: string) => DataApi) | null;
};

const WEBHOOK_PATH = '/functions/v1/calcom-webhook';
const ALTERNATIVE = ', or pass --url and --secret';

/** The local stack, or the project that --url and --secret name. */
export async function findTarget({ url, secret }: Options): Promise<Target> {
  if (url !== null) return hostedTarget(url, secret);

  const stack = await readLocalStack(ALTERNATIVE);
  const [apiUrl, publishableKey, jwtSecret] = [
    stack('API_URL'),
    stack('PUBLISHABLE_KEY'),
    stack('JWT_SECRET'),
  ];
  return {
    webhookUrl: `${stack('FUNCTIONS_URL')}/calcom-webhook`,
    secret: secret ?? firstSecret(stack('CALCOM_WEBHOOK_SECRET')),
    openAs: (userId) =>
      connectAsUser(apiUrl, publishableKey, () => signUserToken(jwtSecret, userId)),
  };
}

/** `url` is the address of the webhook, or of its project. */
function hostedTarget(url: string, givenSecret: string | null): Target {
  const secret = givenSecret ?? readVariable('CALCOM_WEBHOOK_SECRET');
  if (!secret) {
    throw new SetupProblem('--url needs --secret, or CALCOM_WEBHOOK_SECRET in the environment');
  }
  if (!URL.canParse(url)) throw new SetupProblem(`--url ${url} is not an address`);
  const webhook = new URL(url);
  if (webhook.pathname === '/') webhook.pathname = WEBHOOK_PATH;
  return { webhookUrl: webhook.href, secret: firstSecret(secret), openAs: null };
}

/** The function may accept several secrets; Cal.com signs with one. */
function firstSecret(secrets: string): string {
  const [first] = parseSecrets(secrets);
  if (first === undefined) throw new SetupProblem('the webhook secret is empty');
  return first;
}
