import { chromiumBinary } from './chromium.ts';
import { startBrowserStack } from './stack.ts';

/** Starts one stack for all browser tests; each test creates a salon of its own. */
export default async function setup(): Promise<() => Promise<void>> {
  chromiumBinary();
  return await startBrowserStack();
}
