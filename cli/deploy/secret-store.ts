import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseEnv } from 'node:util';
import { SetupProblem } from '../../local/setup/setup-problem.ts';
import { SECRET_FILE_MODE } from '../../local/stack/key-store.ts';
import type { ManagementApi } from '../target/management-api.ts';

/** Where the functions' secrets are kept. */
export type SecretStore = {
  names(): Promise<ReadonlySet<string>>;
  /** Sets these, and keeps the others. */
  set(values: Readonly<Record<string, string>>): Promise<void>;
  remove(name: string): Promise<void>;
};

/** The function secrets of a hosted project. */
export function hostedSecrets(management: ManagementApi): SecretStore {
  return {
    names: async () => new Set((await management.secrets()).map(({ name }) => name)),
    set: (values) => management.setSecrets(values),
    remove: (name) => management.deleteSecrets([name]),
  };
}

/**
 * A file that docker compose passes on to the functions as `env_file`. Other lines stay as they are;
 * whoever stops the command keeps the file as it was.
 */
export function secretsFile(path: string): SecretStore {
  const read = async () => existsSync(path) ? await readFile(path, 'utf8') : '';
  async function replace(names: readonly string[], lines: readonly string[]): Promise<void> {
    const text = await read();
    const kept = text.split('\n').filter((line) => !names.some((name) => isAssignment(line, name)));
    await mkdir(dirname(path), { recursive: true });
    const written = `${path}.new`;
    await writeFile(written, [kept.join('\n').trimEnd(), ...lines, ''].join('\n').trimStart(), {
      mode: SECRET_FILE_MODE,
    });
    await rename(written, path);
  }
  return {
    names: async () => new Set(Object.keys(parseEnv(await read()))),
    set: async (values) =>
      await replace(
        Object.keys(values),
        Object.entries(values).map(([name, value]) => `${name}=${quoted(name, value)}`),
      ),
    remove: (name) => replace([name], []),
  };
}

function isAssignment(line: string, name: string): boolean {
  return line.trim().replace(/^export\s+/, '').split('=', 1)[0]?.trim() === name;
}

/** Docker compose takes only what is in single quotes as it is. */
function quoted(name: string, value: string): string {
  if (/^[\w./:@,+-]*$/.test(value)) return value;
  if (!/['\\\r\n]/.test(value)) return `'${value}'`;
  throw new SetupProblem(
    `${name} has a quote, a backslash or a line break, which the file for docker compose cannot ` +
      'hold: set another value',
  );
}
