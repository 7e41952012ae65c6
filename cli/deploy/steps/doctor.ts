import { SetupProblem } from '../../../local/setup/setup-problem.ts';
import { describeFindings, isWell } from '../../doctor/report.ts';
import { runDoctor } from '../../doctor/run-doctor.ts';
import type { Step } from '../deployment.ts';

/** Checks what was deployed, like `npm run doctor`. */
export const doctor: Step = {
  name: 'doctor',
  async run({ target, answers, situation, terminal }) {
    if (situation.isPreview) return 'not for a preview, which lacks half on purpose';
    const findings = await runDoctor(target, answers.env);
    terminal.say(describeFindings(target.name, findings));
    if (isWell(findings)) return 'nothing is wrong';
    throw new SetupProblem(
      'everything is deployed, but not everything works: follow the arrows above, then run npm run ' +
        'doctor with the same project',
    );
  },
};
