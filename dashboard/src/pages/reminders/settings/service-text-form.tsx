import { useQueryClient } from '@tanstack/preact-query';
import type { ComponentChildren } from 'preact';
import type { ServiceText } from '../../../../../shared/calendar/sms-texts.ts';
import { useCalendar } from '../../../data/backend.tsx';
import { useSalon } from '../../../data/salon.tsx';
import { useT } from '../../../i18n/use-language.tsx';
import type { TextContext } from './other-texts.tsx';
import { templateProblem } from './template-problem.ts';
import { TextFormFrame } from './text-form-frame.tsx';
import { TextWithPreview } from './text-with-preview.tsx';
import { useSavedDraft } from './use-saved-draft.ts';

const MAX_TITLE_CHARACTERS = 100;

/** Changes the text of a service, or adds one if there is none. */
export function ServiceTextForm({ text, children, ...context }: TextContext & {
  text: ServiceText | null;
  /** Other buttons. */
  children?: ComponentChildren;
}) {
  const t = useT();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const queries = useQueryClient();
  const { draft, change, saving } = useSavedDraft({
    name: `${salon.id}-${text?.id ?? 'new-service'}`,
    stored: {
      title: text?.title_contains ?? '',
      template: text?.template ?? context.settings.template,
    },
    save: ({ title, template }) => {
      const stored = { title_contains: title.trim(), template };
      return text === null
        ? calendar.addServiceText(salon.id, stored)
        : calendar.changeServiceText(text.id, stored);
    },
    onSaved: () => queries.invalidateQueries({ queryKey: ['service-texts', salon.id] }),
  });
  return (
    <TextFormFrame
      saving={saving}
      saved={t('sms.services.saved', { title: saving.data?.title_contains })}
      cannot={templateProblem(draft.template, context.allowedLinks) !== null}
      beside={children}
    >
      <label class='field'>
        <span>{t('sms.services.contains')}</span>
        <input
          type='text'
          autocomplete='off'
          required
          maxLength={MAX_TITLE_CHARACTERS}
          placeholder={t('sms.services.example')}
          value={draft.title}
          onInput={(event) => change({ title: event.currentTarget.value })}
        />
      </label>
      <TextWithPreview
        template={draft.template}
        set={(template) => change({ template })}
        {...context}
      />
    </TextFormFrame>
  );
}
