import { useT } from '../../../i18n/use-language.tsx';
import type { Draft } from './draft.ts';
import { Field } from '../../../ui/field.tsx';
import type { Change } from './settings-form.tsx';

const MODES = [
  { mode: 'day_before', text: 'dayBefore' },
  { mode: 'hours_before', text: 'hoursBefore' },
] as const;

/** The fields for the time of a reminder. */
export function TimingFields({ draft, change }: { draft: Draft; change: Change }) {
  const t = useT();
  return (
    <fieldset class='card'>
      <legend>{t('settings.timing')}</legend>
      <div role='radiogroup' aria-label={t('settings.mode')} class='settings-grid'>
        {MODES.map(({ mode, text }) => (
          <label key={mode} class='choice'>
            <input
              type='radio'
              name='mode'
              checked={draft.mode === mode}
              onChange={() => change({ mode })}
            />
            {t(`settings.${text}`)}
          </label>
        ))}
      </div>
      <div class='settings-grid'>
        {draft.mode === 'day_before'
          ? (
            <Field
              label={t('settings.sendAt')}
              type='time'
              value={draft.sendAt}
              set={(sendAt) => change({ sendAt })}
            />
          )
          : (
            <Field
              label={t('settings.hours')}
              type='number'
              min={1}
              max={168}
              value={draft.hoursBefore}
              set={(hoursBefore) => change({ hoursBefore })}
            />
          )}
        <Field
          label={t('settings.quietFrom')}
          type='time'
          value={draft.quietFrom}
          set={(quietFrom) => change({ quietFrom })}
          hint={t('settings.quietHint')}
        />
        <Field
          label={t('settings.quietTo')}
          type='time'
          value={draft.quietTo}
          set={(quietTo) => change({ quietTo })}
        />
      </div>
      <div class='settings-grid'>
        <Field
          label={t('settings.minLead')}
          type='number'
          min={0}
          max={10080}
          value={draft.minLeadMinutes}
          set={(minLeadMinutes) => change({ minLeadMinutes })}
          hint={t('settings.minLeadHint')}
        />
        <Field
          label={t('settings.delay')}
          type='number'
          min={0}
          max={1440}
          value={draft.delayMinutes}
          set={(delayMinutes) => change({ delayMinutes })}
          hint={t('settings.delayHint')}
        />
      </div>
    </fieldset>
  );
}
