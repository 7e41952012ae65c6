import { useT } from '../../../i18n/use-language.tsx';
import { Field } from '../../../ui/field.tsx';
import type { Draft } from './draft.ts';
import type { Change } from './settings-form.tsx';

const HOURS_OF_WEEK = 168;

/** The fields for what clients can do themselves, and whom staff phone. */
export function ClientFields({ draft, change }: { draft: Draft; change: Change }) {
  const t = useT();
  return (
    <fieldset class='card'>
      <legend>{t('settings.byClients')}</legend>
      <div class='settings-grid'>
        <Field
          label={t('settings.noticeHours')}
          type='number'
          min={0}
          max={HOURS_OF_WEEK}
          value={draft.noticeHours}
          set={(noticeHours) => change({ noticeHours })}
          hint={t('settings.noticeHoursHint')}
        />
        <Field
          label={t('settings.callListFrom')}
          type='time'
          value={draft.callListFrom}
          set={(callListFrom) => change({ callListFrom })}
          hint={t('settings.callListFromHint')}
        />
      </div>
    </fieldset>
  );
}
