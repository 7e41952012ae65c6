import { readdir } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommand } from '../../local/processes/run-command.ts';
import { projectRoot } from '../../local/setup/paths.ts';
import { runCli } from './support/commands.ts';

const folders = await readdir(join(projectRoot, 'cli'));
const commands = folders.filter((name) => existsSync(join(projectRoot, 'cli', name, 'main.ts')));

test.each(commands)('%s prints its usage for --help and does nothing', async (command) => {
  const { ok, output } = await runCli(command, ['--help'], '/nowhere');

  expect(output).toMatch(/^usage: npm run [\w:]+.*\n$/s);
  expect(output).not.toContain('    at ');
  expect(ok).toBe(true);
});

const programs = [
  'local/start.ts',
  'local/reset.ts',
  'tests/bench/bench.ts',
  'tests/mutation/main.ts',
];

test.each(programs)('%s prints its usage for --help and does nothing', async (program) => {
  const { ok, output } = await runCommand(
    [process.execPath, join(projectRoot, program), '--help'],
    { env: { PATH: process.env.PATH, BARKBOOK_LOCAL_DIR: '/nowhere' } },
  );

  expect(output).toMatch(/^usage: npm (start|run [\w:]+).*\n$/);
  expect(ok).toBe(true);
});

test.each(commands)('%s refuses an unknown option with its usage', async (command) => {
  const { ok, output } = await runCli(command, ['--nonsense'], '/nowhere');

  expect(output).toMatch(/^error: usage: npm run [\w:]+.*\n$/s);
  expect(output).not.toContain('    at ');
  expect(ok).toBe(false);
});
