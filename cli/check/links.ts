import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { projectRoot } from '../../local/setup/paths.ts';
import type { Check } from './check.ts';
import { type MarkdownDocument, parseMarkdown } from './markdown.ts';

const MAX_README_BYTES = 8 * 1024;

const IGNORED_FOLDERS: ReadonlySet<string> = new Set(['node_modules', '.git', '.local', 'dist']);

/** Matches links with a scheme, such as `https:` or `mailto:`. */
const SCHEME = /^[a-z][a-z\d+.-]*:/i;

/** Every relative link and anchor has a target, and every `npm run` command exists. */
export const linkCheck: Check = {
  name: 'links, anchors and commands in documents, size of README',
  problem: async () => {
    const documents = await readDocuments();
    const problems = [
      ...await readmeProblems(),
      ...linkProblems(documents),
      ...scriptProblems(documents, await scriptNames()),
    ];
    return problems.length === 0 ? null : problems.join('\n');
  },
};

type Documents = ReadonlyMap<string, MarkdownDocument>;

/** By path relative to the project. */
async function readDocuments(): Promise<Documents> {
  const documents = new Map<string, MarkdownDocument>();
  const exclude = (path: string) => IGNORED_FOLDERS.has(path.split('/').at(-1) ?? '');
  for await (const path of glob('**/*.md', { cwd: projectRoot, exclude })) {
    documents.set(path, parseMarkdown(await readFile(join(projectRoot, path), 'utf8')));
  }
  return documents;
}

async function readmeProblems(): Promise<string[]> {
  const { byteLength } = await readFile(join(projectRoot, 'README.md'));
  if (byteLength <= MAX_README_BYTES) return [];
  return [`README.md has ${byteLength} bytes, at most ${MAX_README_BYTES}: move details to docs/`];
}

function linkProblems(documents: Documents): string[] {
  return [...documents].flatMap(([path, { links }]) =>
    links.filter((link) => !SCHEME.test(link) && !hasTarget(link, path, documents))
      .map((link) => `${path}: ${link} has no target`)
  );
}

function hasTarget(link: string, from: string, documents: Documents): boolean {
  const [path = '', anchor] = decodeURIComponent(link).split('#');
  const target = path === '' ? from : join(dirname(from), path);
  if (!isInProject(target) || !existsSync(join(projectRoot, target))) return false;
  const document = documents.get(target);
  return anchor === undefined || document === undefined || document.anchors.has(anchor);
}

function isInProject(path: string): boolean {
  return !relative(projectRoot, join(projectRoot, path)).startsWith('..');
}

function scriptProblems(documents: Documents, known: ReadonlySet<string>): string[] {
  return [...documents].flatMap(([path, { scripts }]) =>
    [...new Set(scripts)].filter((name) => !known.has(name))
      .map((name) => `${path}: package.json has no script ${name}`)
  );
}

async function scriptNames(): Promise<ReadonlySet<string>> {
  const manifest: { scripts: Record<string, string> } = JSON.parse(
    await readFile(join(projectRoot, 'package.json'), 'utf8'),
  );
  return new Set(Object.keys(manifest.scripts));
}
