import type { Check } from './check.ts';
import { alerts } from './checks/alerts.ts';
import { calcom } from './checks/calcom.ts';
import { clocks } from './checks/clocks.ts';
import { constraints } from './checks/constraints.ts';
import { dataApi } from './checks/data-api.ts';
import { database } from './checks/database.ts';
import { extensions } from './checks/extensions.ts';
import { functionCalls } from './checks/function-calls.ts';
import { functionCode } from './checks/function-code.ts';
import { functionSecrets } from './checks/function-secrets.ts';
import { functions } from './checks/functions.ts';
import { health } from './checks/health.ts';
import { jobRuns } from './checks/job-runs.ts';
import { jobs } from './checks/jobs.ts';
import { migrations } from './checks/migrations.ts';
import { owners, salons } from './checks/salons.ts';
import { pausedProvider } from './checks/paused-provider.ts';
import { signUp } from './checks/sign-up.ts';
import { smsProvider } from './checks/sms-provider.ts';
import { vault } from './checks/vault.ts';
import { version } from './checks/version.ts';

/** All checks, in the order in which their findings are shown. */
export const CHECKS: readonly Check[] = [
  database,
  migrations,
  version,
  constraints,
  extensions,
  dataApi,
  functions,
  functionCode,
  functionSecrets,
  vault,
  jobs,
  jobRuns,
  functionCalls,
  alerts,
  clocks,
  smsProvider,
  pausedProvider,
  salons,
  owners,
  signUp,
  calcom,
  health,
];
