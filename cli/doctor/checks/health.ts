import { requestJson } from '../../../shared/http/request-json.ts';
import { ownMember } from '../../../shared/json/records.ts';
import { type Check, failed, listed, passed } from '../check.ts';
import { deployAgain } from '../next.ts';

const REQUEST = { init: {}, timeoutMs: 20_000, maxAnswerBytes: 100_000 };

/** What the monitor sees. */
export const health: Check = {
  name: 'health',
  async run(target) {
    const answer = await requestJson({ fetch, url: `${target.functionsUrl}/health`, ...REQUEST });
    if (answer.kind !== 'answer') {
      return failed(`no answer from ${target.functionsUrl}/health`, deployAgain(target));
    }
    const failing = ownMember(answer.body, 'failing');
    if (answer.status === 200) return passed('200, nothing failing');
    if (answer.status === 503 && Array.isArray(failing)) {
      return failed(listed(failing.map(String)), 'docs/operations.md#monitor says what each means');
    }
    return failed(`it answers ${answer.status}`, deployAgain(target));
  },
};
