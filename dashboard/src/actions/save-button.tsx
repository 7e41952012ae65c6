import { useT } from '../i18n/use-language.tsx';
import { SubmitButton } from '../ui/form.tsx';
import { useActions } from './actions.tsx';

/** Submits a form that makes an action. */
export function SaveButton({ label }: { label: string }) {
  const t = useT();
  const { isBusy } = useActions();
  return <SubmitButton main label={label} busyLabel={t('act.busy')} isBusy={isBusy} />;
}
