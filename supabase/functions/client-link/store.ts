import type { ClientView } from '../../../shared/client-link/answers.ts';
import type { Enums } from '../../../shared/database.types.ts';
import { isRecord } from '../../../shared/json/records.ts';
import type { DataApi } from '../_shared/data-api.ts';
import { callForRow, callFunction, type DatabaseResult, type FunctionRow } from '../_shared/rpc.ts';
import type { Answer } from './command.ts';

/** A person waits for the answer. */
const DATABASE_TIMEOUT_MS = 5000;

/** What came of an answer, and which booking it is about; null if the link shows none. */
export type Recorded = FunctionRow<'client_link_respond'>;

/** Reads and stores what a link is about, each in one database call. Nothing here throws. */
export type Store = {
  /** Null for an unknown token, and once its appointments are over. */
  show(token: string): Promise<DatabaseResult<ClientView | null>>;
  respond(answer: Answer): Promise<DatabaseResult<Recorded>>;
};

const RESPONSES: Record<Answer['action'], Enums<'client_response'>> = {
  coming: 'coming',
  cancel: 'wants_to_cancel',
  move: 'wants_to_move',
};

/** Reads and stores with a client that may. */
export function createStore(client: DataApi): Store {
  return {
    show: async (token) => {
      const shown = await callFunction(
        client,
        'client_link_show',
        { p_token: token },
        DATABASE_TIMEOUT_MS,
      );
      if (!shown.ok) return shown;
      const { value } = shown;
      if (value === null || isClientView(value)) return { ok: true, value };
      return { ok: false, code: 'unreadable' };
    },
    respond: ({ token, eventId, start, action }) =>
      callForRow(
        client,
        'client_link_respond',
        { p_token: token, p_event_id: eventId, p_start: start, p_response: RESPONSES[action] },
        DATABASE_TIMEOUT_MS,
      ),
  };
}

/** Whether JSON from the database is a view. Its appointments are not checked one by one. */
function isClientView(json: unknown): json is ClientView {
  return isRecord(json) && isRecord(json['salon']) && Array.isArray(json['appointments']);
}
