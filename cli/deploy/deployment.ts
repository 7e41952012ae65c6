import type { Target } from '../target/target.ts';
import type { Answers } from './answers.ts';
import type { NewSecrets } from './function-secrets.ts';
import type { Options } from './options.ts';
import type { SecretStore } from './secret-store.ts';
import type { Situation } from './situation.ts';
import type { Terminal } from './terminal.ts';

/** A deployment that was planned and confirmed. */
export type Deployment = {
  target: Target;
  options: Options;
  situation: Situation;
  answers: Answers;
  secrets: SecretStore;
  newSecrets: NewSecrets;
  terminal: Terminal;
};

/**
 * A part of a deployment. It can be repeated: it does what is still to be done, so a deployment that
 * was stopped anywhere is resumed by running it again.
 */
export type Step = {
  name: string;
  /** Returns what it did, in a few words; throws a SetupProblem that says what to do. */
  run(deployment: Deployment): Promise<string>;
};
