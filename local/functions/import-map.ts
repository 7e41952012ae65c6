import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../setup/paths.ts';

/** The address from which functions import Deno's std; not every machine can reach it. */
const STD_URL = /^https:\/\/deno\.land\/std@[^/]+\//;

/**
 * Writes the import map of a function for the local stack, and returns its path.
 *
 * It has the imports of the function's own deno.json, except that std comes from the npm package
 * deno-std. Modules there end in .js, so each module that the source names gets its own entry.
 */
export async function writeImportMap(functionDir: string, outDir: string): Promise<string> {
  const imports: Record<string, string> = {};
  const sharedDirs = [join(functionDir, '..', '_shared'), join(projectRoot, 'shared')];
  const sources = await readSources([functionDir, ...sharedDirs]);
  const std = await stdPackage();
  for (const [key, target] of Object.entries(await ownImports(functionDir))) {
    if (!STD_URL.test(target)) imports[key] = absolute(target, functionDir);
    else if (target.endsWith('/')) Object.assign(imports, stdEntries(key, sources, std));
    else imports[key] = std + asJavaScript(target.replace(STD_URL, ''));
  }
  await mkdir(outDir, { recursive: true });
  const path = join(outDir, 'import-map.json');
  // Renamed into place, since tests write and read the same map at once, also within one process.
  const draft = `${path}.${crypto.randomUUID()}`;
  await writeFile(draft, JSON.stringify({ imports }, null, 2));
  await rename(draft, path);
  return path;
}

async function ownImports(functionDir: string): Promise<Record<string, string>> {
  const text = await readFile(join(functionDir, 'deno.json'), 'utf8').catch(() => '{}');
  return JSON.parse(text).imports ?? {};
}

async function stdPackage(): Promise<string> {
  const manifest = join(projectRoot, 'node_modules', 'deno-std', 'package.json');
  return `npm:deno-std@${JSON.parse(await readFile(manifest, 'utf8')).version}/`;
}

/** Targets are relative to the function's folder, not to where the map is written. */
function absolute(target: string, functionDir: string): string {
  if (!target.startsWith('.')) return target;
  return new URL(target, pathToFileURL(`${functionDir}/`)).href;
}

function stdEntries(prefix: string, sources: string, std: string): Record<string, string> {
  const specifiers = sources.matchAll(/['"]([^'"\n]+\.ts)['"]/g);
  const used = [...specifiers].map(([, name]) => name ?? '').filter((s) => s.startsWith(prefix));
  return Object.fromEntries(
    used.map((name) => [name, std + asJavaScript(name.slice(prefix.length))]),
  );
}

function asJavaScript(module: string): string {
  return module.replace(/\.ts$/, '.js');
}

async function readSources(dirs: string[]): Promise<string> {
  const listings = await Promise.all(dirs.map(async (dir) => {
    const names = await readdir(dir, { recursive: true }).catch(() => []);
    return names.filter((name) => name.endsWith('.ts')).map((name) => join(dir, name));
  }));
  const texts = await Promise.all(listings.flat().map((path) => readFile(path, 'utf8')));
  return texts.join('\n');
}
