import type { ComponentChildren } from 'preact';
import { useSalon } from '../../../data/salon.tsx';
import { useT } from '../../../i18n/use-language.tsx';
import { useErrorText } from '../../../ui/states.tsx';

/** The button of an owner's form, others beside it, and what came of saving. */
export function SaveArea({ save, saved, cannot, children }: {
  save: { isPending: boolean; isSuccess: boolean; error: Error | null };
  saved: string;
  /** Whether there is something to correct first. */
  cannot: boolean;
  children?: ComponentChildren;
}) {
  const t = useT();
  const { salon } = useSalon();
  const errorText = useErrorText();
  return (
    <>
      {salon.role === 'owner' && (
        <div class='row-buttons'>
          <button type='submit' class='button' disabled={save.isPending || cannot}>
            {save.isPending ? t('settings.saving') : t('sms.texts.save')}
          </button>
          {children}
        </div>
      )}
      <div role='status'>
        {save.isSuccess && <p class='notice notice--good'>{saved}</p>}
        {save.error && <p class='notice notice--bad'>{errorText(save.error)}</p>}
      </div>
    </>
  );
}
