import { useT } from '../i18n/use-language.tsx';
import { useActions } from './actions.tsx';

/** Submits a form; keeps the focus while the action is being made. */
export function SaveButton({ label }: { label: string }) {
  const t = useT();
  const { isBusy } = useActions();
  return (
    <button type='submit' class='button button--main' aria-disabled={isBusy}>
      {isBusy ? t('act.busy') : label}
    </button>
  );
}
