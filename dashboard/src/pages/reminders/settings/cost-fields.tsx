import { useT } from '../../../i18n/use-language.tsx';
import type { Draft } from './draft.ts';
import { Field } from '../../../ui/field.tsx';
import type { Change } from './settings-form.tsx';

/** The fields for the cost of reminders, and their sender. */
export function CostFields({ draft, change, sender, dailyCap }: {
  draft: Draft;
  change: Change;
  sender: string | null;
  /** Null until the settings were saved once: the default is the operator's. */
  dailyCap: number | null;
}) {
  const t = useT();
  return (
    <fieldset class='card'>
      <legend>{t('settings.cost')}</legend>
      <div class='settings-grid'>
        <Field
          label={t('settings.maxSegments')}
          type='number'
          min={1}
          max={6}
          value={draft.maxSegments}
          set={(maxSegments) => change({ maxSegments })}
        />
        <Field
          label={t('settings.cap')}
          type='number'
          min={0}
          value={draft.monthlyCap}
          set={(monthlyCap) => change({ monthlyCap })}
          hint={t('settings.capHint')}
          optional
        />
      </div>
      <p>
        {t('settings.sender')}: <strong>{sender ?? t('settings.senderDefault')}</strong>
      </p>
      {dailyCap !== null && (
        <p>
          {t('settings.dailyCap')}: <strong>{dailyCap}</strong>
        </p>
      )}
      <p class='muted'>{t('settings.operatorHint')} {t('settings.clientLimit')}</p>
    </fieldset>
  );
}
