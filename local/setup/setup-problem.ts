/**
 * A problem that the user can solve: a busy port, a missing binary, a broken migration.
 *
 * The message is one line that says what is wrong and what to do. It is printed alone; a stack
 * trace would only hide it.
 */
export class SetupProblem extends Error {
  override readonly name = 'SetupProblem';
}

/** Reports a failure on stderr: a setup problem in one line, a bug with its stack. */
export function reportFailure(failure: unknown): void {
  const isPlain = failure instanceof SetupProblem || isSystemError(failure);
  console.error(isPlain ? `error: ${failure.message}` : failure);
}

/** A refusal by the operating system, such as a missing permission; its message names the file. */
function isSystemError(failure: unknown): failure is NodeJS.ErrnoException {
  return failure instanceof Error && 'syscall' in failure;
}
