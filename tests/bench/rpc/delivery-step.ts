import type { Caller } from '../database/caller.ts';
import { toCall } from '../deliveries/calls.ts';
import type { Step } from '../measure/alternate.ts';

/** Delivers one more body each time; parsing it is not measured. */
export function deliveryStep({ deliver }: Caller, nextBody: () => string): Step {
  return async () => {
    const call = await toCall(nextBody());
    return () => deliver(call);
  };
}
