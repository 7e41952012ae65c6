import type { ActionSettings } from '../_shared/calcom/booking-actions.ts';
import type { DataApi } from '../_shared/data-api.ts';
import type { Caller } from './caller.ts';

/** What commands are executed with. */
export type Service = {
  /** The caller of a request with these headers. */
  callerOf(headers: Headers): Caller;
  /** With a key that can write. */
  database: DataApi;
  calcom: ActionSettings;
  /** The address of Cal.com's pages. */
  appUrl: string;
};
