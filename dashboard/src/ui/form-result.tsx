import type { ComponentChildren } from 'preact';
import { useErrorText } from './states.tsx';

/** Says what came of a form, so that screen readers hear it. */
export function FormResult({ of, done, children }: {
  of: { isSuccess: boolean; error: Error | null };
  done: string;
  /** What else there is to say. */
  children?: ComponentChildren;
}) {
  const errorText = useErrorText();
  return (
    <div role='status'>
      {children}
      {of.isSuccess && <p class='notice notice--good'>{done}</p>}
      {of.error && <p class='notice notice--bad'>{errorText(of.error)}</p>}
    </div>
  );
}
