import { useT } from '../../../i18n/use-language.tsx';
import type { Draft } from './draft.ts';
import { Field } from '../../../ui/field.tsx';
import { ModeField, MomentField } from './moment-fields.tsx';
import type { Change } from './settings-form.tsx';

/** The fields for the time of a reminder. */
export function TimingFields({ draft, change }: { draft: Draft; change: Change }) {
  const t = useT();
  return (
    <fieldset class='card'>
      <legend>{t('settings.timing')}</legend>
      <ModeField mode={draft.mode} set={(mode) => change({ mode })} />
      <div class='settings-grid'>
        <MomentField moment={draft} change={change} />
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
