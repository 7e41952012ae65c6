import { type Action, useActions } from './actions.tsx';

/** A button that makes an action about somebody; screen readers hear about whom. */
export function RowButton({ label, who, action }: { label: string; who: string; action: Action }) {
  const { act, isBusy } = useActions();
  return (
    <button
      type='button'
      class='button button--small'
      aria-label={`${label}: ${who}`}
      aria-disabled={isBusy}
      onClick={() => act(action)}
    >
      {label}
    </button>
  );
}
