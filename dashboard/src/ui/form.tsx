import {
  type ComponentChildren,
  createContext,
  type FormHTMLAttributes,
  type TargetedSubmitEvent,
} from 'preact';
import { useContext, useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from './icon.tsx';

const SubmittingContext = createContext(false);

/**
 * A form that the page submits by itself, once at a time, however fast somebody presses its button.
 *
 * @param submit Gets the named fields; the form is busy until its promise is settled.
 */
export function Form({ submit, children, ...attributes }: {
  submit(fields: FormData): unknown;
  children: ComponentChildren;
} & Pick<FormHTMLAttributes, 'aria-label' | 'class' | 'noValidate' | 'role'>) {
  const [isSubmitting, setSubmitting] = useState(false);
  // Known at once, where the state is known with the next drawing only.
  const isBusy = useRef(false);

  async function onSubmit(event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    if (isBusy.current) return;
    isBusy.current = true;
    setSubmitting(true);
    try {
      await submit(new FormData(event.currentTarget));
    } finally {
      isBusy.current = false;
      setSubmitting(false);
    }
  }
  return (
    <SubmittingContext.Provider value={isSubmitting}>
      <form {...attributes} onSubmit={onSubmit}>{children}</form>
    </SubmittingContext.Provider>
  );
}

/** Submits the form around it, and keeps the focus meanwhile. */
export function SubmitButton({ label, busyLabel = label, icon, main, isBusy, cannot }: {
  label: string;
  /** What it says while the form is being submitted. */
  busyLabel?: string;
  icon?: IconName;
  /** Whether it is the most important button of the page. */
  main?: boolean;
  /** Whether the form has to wait for something else. */
  isBusy?: boolean;
  /** Whether there is something to correct first. */
  cannot?: boolean;
}) {
  const waits = useContext(SubmittingContext) || isBusy;
  return (
    <button
      type='submit'
      class={main ? 'button button--main' : 'button'}
      disabled={cannot}
      aria-disabled={waits}
    >
      {icon && <Icon name={icon} />}
      {waits ? busyLabel : label}
    </button>
  );
}
