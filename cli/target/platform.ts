import { readFile } from 'node:fs/promises';
import { readVariable } from '../command/options.ts';

/** Where Supabase hosts projects. */
export type Platform = {
  /** The Management API, without a slash at the end. */
  managementUrl: string;
  /** The address of a project. */
  projectUrl(ref: string): string;
};

const HOSTED: Platform = {
  managementUrl: 'https://api.supabase.com',
  projectUrl: (ref) => `https://${ref}.supabase.co`,
};

/** A stand-in for all of it, on this machine and without TLS: it serves its project too. */
const LOOPBACK_HOST = '127.0.0.1';

/**
 * Hosted Supabase, or what the Supabase CLI's own SUPABASE_PROFILE describes: a YAML file with
 * `api_url` and `project_host`. So the CLI and these commands always speak to the same platform.
 */
export async function readPlatform(env: NodeJS.ProcessEnv): Promise<Platform> {
  const profile = readVariable('SUPABASE_PROFILE', env);
  const text = profile === null ? null : await readFile(profile, 'utf8').catch(() => null);
  const apiUrl = /^api_url: *(\S+)$/m.exec(text ?? '')?.[1]?.replace(/\/+$/, '');
  const host = /^project_host: *(\S+)$/m.exec(text ?? '')?.[1];
  if (!apiUrl || !host) return HOSTED;
  return {
    managementUrl: apiUrl,
    projectUrl: (ref) => host === LOOPBACK_HOST ? apiUrl : `https://${ref}.${host}`,
  };
}
