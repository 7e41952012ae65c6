import { useT } from '../../../i18n/use-language.tsx';
import type { Draft } from './draft.ts';
import type { Change } from './settings-form.tsx';
import { TemplateField } from './template-field.tsx';

/** The fields for the text of a reminder. */
export function ContentFields({ draft, change, allowedLinks }: {
  draft: Draft;
  change: Change;
  allowedLinks: readonly string[];
}) {
  const t = useT();
  return (
    <fieldset class='card'>
      <legend>{t('settings.content')}</legend>
      <TemplateField
        template={draft.template}
        set={(template) => change({ template })}
        allowedLinks={allowedLinks}
      />
      <label class='field'>
        <span>{t('settings.language')}</span>
        <select
          value={draft.language}
          onChange={({ currentTarget: { value } }) =>
            change({ language: value === 'en' ? 'en' : 'pl' })}
        >
          <option value='pl'>{t('settings.polish')}</option>
          <option value='en'>{t('settings.english')}</option>
        </select>
      </label>
      <label class='choice'>
        <input
          type='checkbox'
          checked={draft.transliterate}
          onChange={(event) => change({ transliterate: event.currentTarget.checked })}
        />
        <span>
          {t('settings.transliterate')}
          <small>{t('settings.transliterateHint')}</small>
        </span>
      </label>
      <label class='choice'>
        <input
          type='checkbox'
          checked={draft.groupSameDay}
          onChange={(event) => change({ groupSameDay: event.currentTarget.checked })}
        />
        {t('settings.group')}
      </label>
    </fieldset>
  );
}
