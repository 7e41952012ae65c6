import { type FunctionEntry, listFunctions } from '../../../local/functions/catalog.ts';
import { requestJson } from '../../../shared/http/request-json.ts';
import { ownMember } from '../../../shared/json/records.ts';
import type { Target } from '../../target/target.ts';
import { counted } from '../../command/counted.ts';
import { type Check, failed, listed, passed } from '../check.ts';
import { deployAgain } from '../next.ts';

/** No function accepts this method: it answers and does nothing. */
const PROBE = { init: { method: 'PUT' }, timeoutMs: 20_000, maxAnswerBytes: 100_000 };

/** Whether every function of this checkout is deployed, active, and open to its callers. */
export const functions: Check = {
  name: 'functions',
  async run(target) {
    const entries = await listFunctions();
    const deployed = await target.management?.functions() ?? null;
    const faults = await Promise.all(entries.map(async (entry) => {
      const fault = deployed === null ? null : deploymentFault(entry, deployed);
      return { name: entry.name, fault: fault ?? await probe(entry, target) };
    }));
    const wrong = faults.filter(({ fault }) => fault !== null);
    if (wrong.length === 0) return passed(counted(entries.length, 'function'));
    return failed(
      listed(wrong.map(({ name, fault }) => `${name} ${fault}`)),
      deployAgain(target),
    );
  },
};

type Deployed = { slug: string; status: string; verify_jwt?: boolean | undefined };

function deploymentFault({ name, verifyJwt }: FunctionEntry, all: readonly Deployed[]) {
  const found = all.find(({ slug }) => slug === name);
  if (found === undefined) return 'is not deployed';
  if (found.status !== 'ACTIVE') return `is ${found.status}`;
  if ((found.verify_jwt ?? true) === verifyJwt) return null;
  return verifyJwt ? 'needs no token' : 'requires a token, which its callers do not have';
}

async function probe({ name }: FunctionEntry, { functionsUrl }: Target): Promise<string | null> {
  const answer = await requestJson({ fetch, url: `${functionsUrl}/${name}`, ...PROBE });
  if (answer.kind !== 'answer') return 'does not answer';
  const code = ownMember(answer.body, 'code');
  // Ours say so in small letters when only the rest of the path is missing.
  if (answer.status === 404 && code !== 'not_found') return 'is not deployed';
  if (answer.status >= 500) return `answers ${answer.status} ${String(code ?? '')}`.trim();
  return null;
}
