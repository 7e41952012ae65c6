import type { Target } from '../target/target.ts';

/** The options that make a command work on the target; empty for the local stack. */
export function targetOptions({ kind, management, functionsUrl }: Target): string {
  if (kind === 'hosted') return ` -- --project-ref ${management?.ref}`;
  return kind === 'local' ? '' : ` -- --db-url … --functions-url ${functionsUrl}`;
}

/** The command that brings the target up to date with this checkout. */
export function deployAgain(target: Target): string {
  return target.kind === 'local' ? 'npm start' : `npm run deploy${targetOptions(target)}`;
}

/** The command that gives a salon its webhook. */
export function registerWebhook({ kind, apiUrl }: Target, username: string): string {
  const url = kind === 'local' ? '' : ` --url ${apiUrl}`;
  return `npm run calcom:register -- --salon ${username}${url}`;
}

/** SQL to run as postgres. */
export const inSqlEditor = (statement: string): string => `in the SQL editor: ${statement}`;
