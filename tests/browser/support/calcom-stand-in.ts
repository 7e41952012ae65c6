import { setTimeout as sleep } from 'node:timers/promises';
import type { CalcomAccount } from '../../support/calcom/account.ts';
import { type CalcomServer, startCalcomServer } from '../../support/calcom/server.ts';
import { browserStack } from './stack.ts';

const POLL_MS = 200;

/** Starts Cal.com's stand-in where the stack expects it, once no other test file has one there. */
export async function startCalcom(accounts: CalcomAccount[]): Promise<CalcomServer> {
  for (;;) {
    try {
      return await startCalcomServer(accounts, { port: browserStack().calcomPort });
    } catch (failure) {
      const isTaken = failure instanceof Error && 'code' in failure &&
        failure.code === 'EADDRINUSE';
      if (!isTaken) throw failure;
      await sleep(POLL_MS);
    }
  }
}
