import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const DEFAULT_BINARY = '/usr/bin/chromium';

/** No graphics card, no sandbox inside a container, and no requests of its own. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser: Debian's Chromium, or the one that CHROMIUM_BIN names. */
export function chromiumBinary(): string {
  const binary = process.env.CHROMIUM_BIN ?? DEFAULT_BINARY;
  if (existsSync(binary)) return binary;
  throw new Error(
    `no Chromium at ${binary}: install it (on Debian: apt-get install chromium), or let ` +
      'CHROMIUM_BIN name one',
  );
}

/** Starts a browser without windows. */
export async function launchBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: chromiumBinary(), args: FLAGS });
}
