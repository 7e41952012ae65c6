import { useId, useRef } from 'preact/hooks';
import { TEMPLATE_VARIABLES } from '../../../../../shared/sms/template.ts';
import { useT } from '../../../i18n/use-language.tsx';
import { templateProblem } from './template-problem.ts';

const MAX_TEMPLATE_CHARACTERS = 600;

/** The field for a text, with buttons that insert its variables. */
export function TemplateField({ template, set, allowedLinks }: {
  template: string;
  set(template: string): void;
  allowedLinks: readonly string[];
}) {
  const t = useT();
  const id = useId();
  const text = useRef<HTMLTextAreaElement>(null);
  const problem = templateProblem(template, allowedLinks);

  function insert(variable: string) {
    if (!text.current) return;
    const { selectionStart, selectionEnd } = text.current;
    text.current.setRangeText(`{{${variable}}}`, selectionStart, selectionEnd, 'end');
    text.current.focus();
    set(text.current.value);
  }

  return (
    <div class='field'>
      <label for={id}>{t('settings.template')}</label>
      <textarea
        id={id}
        ref={text}
        rows={3}
        maxLength={MAX_TEMPLATE_CHARACTERS}
        value={template}
        aria-invalid={problem !== null}
        aria-describedby={`${id}-problem`}
        onInput={(event) => set(event.currentTarget.value)}
      />
      <p id={`${id}-problem`} role='alert' class={problem ? 'notice notice--bad' : 'empty'}>
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
  );
}
