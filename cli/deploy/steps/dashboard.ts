import { join, resolve } from 'node:path';
import { runCommand } from '../../../local/processes/run-command.ts';
import { projectRoot } from '../../../local/setup/paths.ts';
import { SetupProblem } from '../../../local/setup/setup-problem.ts';
import { DEFAULT_DASHBOARD_DIR } from '../dashboard-dir.ts';
import type { Step } from '../deployment.ts';

/** Builds the dashboard for the target. The build contains the headers for three static hosts. */
export const dashboard: Step = {
  name: 'dashboard',
  async run({ target, options, situation, terminal }) {
    if (situation.isPreview) return 'none for a preview';
    const outDir = options.dashboardDir ?? DEFAULT_DASHBOARD_DIR;
    const vite = join(projectRoot, 'node_modules', 'vite', 'bin', 'vite.js');
    const { ok, output } = await runCommand(
      [
        ...[process.execPath, vite, 'build', 'dashboard', '--logLevel', 'warn'],
        '--emptyOutDir',
        '--outDir',
        resolve(projectRoot, outDir),
      ],
      {
        env: {
          ...process.env,
          VITE_SUPABASE_URL: target.apiUrl,
          VITE_SUPABASE_PUBLISHABLE_KEY: await target.publishableKey(),
        },
      },
    );
    if (!ok) throw new SetupProblem(`the dashboard could not be built: ${output.trim()}`);
    terminal.say(
      `    Host ${outDir}: npx netlify deploy --prod --dir ${outDir}, npx wrangler pages deploy ` +
        `${outDir}, or npx vercel deploy --prod ${outDir}; then deploy again with --site-url <its address>`,
    );
    return `built in ${outDir}`;
  },
};
