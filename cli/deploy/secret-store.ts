import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseEnv } from 'node:util';
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

/** A file that docker compose passes on to the functions as `env_file`. */
export function secretsFile(path: string): SecretStore {
  const read = async () => parseEnv(await readFile(path, 'utf8').catch(() => ''));
  async function write(values: NodeJS.Dict<string>): Promise<void> {
    const lines = Object.entries(values).map(([name, value]) => `${name}=${value}\n`);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, lines.join(''), { mode: SECRET_FILE_MODE });
  }
  return {
    names: async () => new Set(Object.keys(await read())),
    set: async (values) => await write({ ...await read(), ...values }),
    remove: async (name) => {
      const { [name]: _, ...rest } = await read();
      await write(rest);
    },
  };
}
