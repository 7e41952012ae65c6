import type { Check, Verdict } from '../../../cli/doctor/check.ts';
import { directDatabase } from '../../../cli/target/admin-database.ts';
import type { TestDatabase } from '../../support/database.ts';

const none = () => Promise.reject(new Error('not asked for'));

/** Makes one check of the doctor that needs nothing but the database. */
export async function askDoctor(check: Check, { url }: TestDatabase): Promise<Verdict> {
  return await check.run({
    kind: 'hosted',
    name: 'a project',
    apiUrl: '',
    functionsUrl: '',
    database: directDatabase(url),
    management: null,
    secretKey: none,
    publishableKey: none,
  }, {});
}
