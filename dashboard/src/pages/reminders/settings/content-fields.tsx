import { useRef } from 'preact/hooks';
import { TEMPLATE_VARIABLES } from '../../../../../shared/sms/template.ts';
import { useT } from '../../../i18n/use-language.tsx';
import type { Draft } from './draft.ts';
import type { Change } from './settings-form.tsx';
import { templateProblem } from './template-problem.ts';

const MAX_TEMPLATE_CHARACTERS = 600;

/** The fields for the text of a reminder. */
export function ContentFields({ draft, change, allowedLinks }: {
  draft: Draft;
  change: Change;
  allowedLinks: readonly string[];
}) {
  const t = useT();
  const text = useRef<HTMLTextAreaElement>(null);
  const problem = templateProblem(draft.template, allowedLinks);

  function insert(variable: string) {
    if (!text.current) return;
    const { selectionStart, selectionEnd } = text.current;
    text.current.setRangeText(`{{${variable}}}`, selectionStart, selectionEnd, 'end');
    text.current.focus();
    change({ template: text.current.value });
  }

  return (
    <fieldset class='card'>
      <legend>{t('settings.content')}</legend>
      <div class='field'>
        <label for='template'>{t('settings.template')}</label>
        <textarea
          id='template'
          ref={text}
          rows={3}
          maxLength={MAX_TEMPLATE_CHARACTERS}
          value={draft.template}
          aria-invalid={problem !== null}
          aria-describedby='template-problem'
          onInput={(event) => change({ template: event.currentTarget.value })}
        />
        <p id='template-problem' role='alert' class={problem ? 'notice notice--bad' : 'empty'}>
          {problem && t(`settings.${problem.text}`, { ...problem })}
        </p>
        <div class='variables' role='group' aria-label={t('settings.insert')}>
          <span class='muted'>{t('settings.insert')}</span>
          {TEMPLATE_VARIABLES.map((variable) => (
            <button
              key={variable}
              type='button'
              onClick={() => insert(variable)}
            >
              {t(`settings.variable.${variable}`)}
            </button>
          ))}
        </div>
      </div>
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
