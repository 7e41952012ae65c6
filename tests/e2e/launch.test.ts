import { cp, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { type CommandResult, runCommand } from '../../local/processes/run-command.ts';
import { projectRoot } from '../../local/setup/paths.ts';

const OLD_NODE = 'Object.defineProperty(process, "versions", { value: { node: "20.20.2" } })';
/** Runs JavaScript only, and names the version that the machine might have. */
const WITH_OLD_NODE = [
  '--no-experimental-strip-types',
  '--import',
  `data:text/javascript,${encodeURIComponent(OLD_NODE)}`,
];

/** A clone in which nothing is installed. */
let clone: string;

beforeEach(async () => {
  clone = await mkdtemp(join(tmpdir(), 'barkbook-clone-'));
  await cp(join(projectRoot, 'package.json'), join(clone, 'package.json'));
  await cp(join(projectRoot, 'cli', 'launch.js'), join(clone, 'cli', 'launch.js'));
});
afterEach(async () => {
  await rm(clone, { recursive: true, force: true });
});

async function launch(dir: string, nodeFlags: string[] = [], env = {}): Promise<CommandResult> {
  const program = join(dir, 'cli', 'simulator', 'main.ts');
  return await runCommand(
    [process.execPath, ...nodeFlags, join(dir, 'cli', 'launch.js'), program, '--list'],
    { env: { PATH: process.env.PATH, ...env } },
  );
}

/** Installs everything but zod. */
async function installAllButZod(): Promise<void> {
  await mkdir(join(clone, 'node_modules'));
  for (const name of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })) {
    const installed = join(clone, 'node_modules', name);
    await mkdir(dirname(installed), { recursive: true });
    if (name !== 'zod') await symlink(join(projectRoot, 'node_modules', name), installed);
  }
}

test('every script starts through the launcher', () => {
  for (const script of Object.values(manifest.scripts)) {
    expect(script).toMatch(/^node cli\/launch\.js \S+/);
  }
});

test('an installed project runs the program with its arguments', async () => {
  const { ok, output } = await launch(projectRoot);
  expect(output).toMatch(/^ {2}life +booked/);
  expect(ok).toBe(true);
});

test('without npm ci one line says to run it', async () => {
  const { ok, output } = await launch(clone);
  expect(output).toBe('error: nothing is installed yet: run npm ci\n');
  expect(ok).toBe(false);
});

test('a package that an update of the checkout added is named in one line', async () => {
  await installAllButZod();
  const { ok, output } = await launch(clone);
  expect(output).toBe('error: zod is not installed: run npm ci\n');
  expect(ok).toBe(false);
});

test('a Node that is too old is named in one line, with what brings a newer one', async () => {
  const { ok, output } = await launch(projectRoot, WITH_OLD_NODE);
  expect(output).toMatch(/^error: Node 20\.20\.2 cannot run this project: use npm start, .*\n$/);
  expect(ok).toBe(false);
});

test('within npm, an old Node means that install scripts did not run', async () => {
  const { output } = await launch(projectRoot, WITH_OLD_NODE, { npm_lifecycle_event: 'calcom' });
  expect(output).toBe(
    'error: Node 24 is not installed: run npm ci, with install scripts allowed\n',
  );
});
