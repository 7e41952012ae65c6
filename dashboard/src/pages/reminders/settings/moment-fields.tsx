import { useT } from '../../../i18n/use-language.tsx';
import { Field } from '../../../ui/field.tsx';
import type { Moment } from './draft.ts';

const MODES = [
  { mode: 'day_before', text: 'dayBefore' },
  { mode: 'hours_before', text: 'hoursBefore' },
] as const;

/** Chooses between the day before and some hours before. */
export function ModeField({ mode, set }: {
  mode: Moment['mode'];
  set(mode: Moment['mode']): void;
}) {
  const t = useT();
  return (
    <div role='radiogroup' aria-label={t('settings.mode')} class='settings-grid'>
      {MODES.map(({ mode: each, text }) => (
        <label key={each} class='choice'>
          <input type='radio' name='mode' checked={mode === each} onChange={() => set(each)} />
          {t(`settings.${text}`)}
        </label>
      ))}
    </div>
  );
}

/** The time of day or the hours, whichever the mode uses. */
export function MomentField({ moment, change }: {
  moment: Moment;
  change(part: Partial<Moment>): void;
}) {
  const t = useT();
  return moment.mode === 'day_before'
    ? (
      <Field
        label={t('settings.sendAt')}
        type='time'
        value={moment.sendAt}
        set={(sendAt) => change({ sendAt })}
      />
    )
    : (
      <Field
        label={t('settings.hours')}
        type='number'
        min={1}
        max={168}
        value={moment.hoursBefore}
        set={(hoursBefore) => change({ hoursBefore })}
      />
    );
}
