import type { ClientResponse } from '../../../shared/calendar/actions.ts';
import type { Action, Step } from '../actions/actions.tsx';

/** An appointment at a start, and what its client answered. */
type Answered = { id: string; startTime: string; before: ClientResponse | null };

/** Records what a client said about an appointment; null takes the answer back. */
export function answerAction(
  { id, startTime, before }: Answered,
  response: ClientResponse | null,
  done: string,
): Action {
  const record = (answer: ClientResponse | null): Step => ({
    run: (calendar) => calendar.setClientResponse(id, startTime, answer),
    shows: { rowId: id, change: { client_response: answer } },
  });
  return { ...record(response), done, undo: record(before) };
}
