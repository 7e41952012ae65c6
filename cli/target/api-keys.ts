import { SetupProblem } from '../../local/setup/setup-problem.ts';
import type { ManagementApi } from './management-api.ts';

/** The key of a kind, or else the legacy one that stands for it. */
const KINDS = {
  secret: { legacy: 'service_role', advice: 'create a secret key' },
  publishable: { legacy: 'anon', advice: 'create a publishable key' },
} as const;

/** Reads a key of a hosted project; throws a SetupProblem when it has none, or hides it. */
export async function readApiKey(
  { ref, apiKeys }: Pick<ManagementApi, 'ref' | 'apiKeys'>,
  kind: keyof typeof KINDS,
): Promise<string> {
  const { legacy, advice } = KINDS[kind];
  const keys = await apiKeys();
  const key = keys.find(({ type, api_key }) => type === kind && api_key !== null) ??
    keys.find(({ type, name, api_key }) =>
      (type === 'legacy' || type === null) && name === legacy && api_key !== null
    );
  if (key?.api_key) return key.api_key;
  throw new SetupProblem(
    `project ${ref} shows no ${kind} key: ${advice} under Settings, API keys, or use the access ` +
      'token of a member who may see it',
  );
}
