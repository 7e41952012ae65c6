import { connect } from '../../project/data-api.ts';
import { type Check, failed, passed } from '../check.ts';

const TIMEOUT_MS = 15_000;

/** Whether the Data API, which the functions use, works with the project's secret key. */
export const dataApi: Check = {
  name: 'Data API',
  needs: 'database',
  async run(target) {
    const api = connect(target.apiUrl, await target.secretKey());
    const { error } = await api.rpc('health_report').abortSignal(AbortSignal.timeout(TIMEOUT_MS));
    if (error === null) return passed(target.apiUrl);
    return failed(
      `${target.apiUrl} refuses: ${error.message}`,
      "in the SQL editor: notify pgrst, 'reload schema'; if this stays, check the secret key",
    );
  },
};
