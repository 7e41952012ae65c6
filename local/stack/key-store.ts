import { readFile, writeFile } from 'node:fs/promises';
import { generateKeys, type StackKeys } from './keys.ts';

/** The file mode with which only the owner can read a file. */
export const SECRET_FILE_MODE = 0o600;

/** The keys of this checkout's stack: generated on the first start, and kept. */
export async function loadKeys(file: string): Promise<StackKeys> {
  const stored = await readFile(file, 'utf8').catch(() => null);
  if (stored !== null) return JSON.parse(stored);
  const keys = await generateKeys();
  await writeFile(file, JSON.stringify(keys, null, 2), { mode: SECRET_FILE_MODE });
  return keys;
}
