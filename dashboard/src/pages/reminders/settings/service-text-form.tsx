import { useMutation, useQueryClient } from '@tanstack/preact-query';
import type { ComponentChildren } from 'preact';
import type { ServiceText } from '../../../../../shared/calendar/sms-texts.ts';
import { useCalendar } from '../../../data/backend.tsx';
import { useSalon } from '../../../data/salon.tsx';
import { useT } from '../../../i18n/use-language.tsx';
import type { TextContext } from './other-texts.tsx';
import { SaveArea } from './save-area.tsx';
import { SmsPreview } from './sms-preview.tsx';
import { TemplateField } from './template-field.tsx';
import { templateProblem } from './template-problem.ts';
import { useDraft } from './use-draft.ts';

const MAX_TITLE_CHARACTERS = 100;

/** Changes the text of a service, or adds one if there is none. */
export function ServiceTextForm({ text, settings, allowedLinks, price, children }: TextContext & {
  text: ServiceText | null;
  children?: ComponentChildren;
}) {
  const t = useT();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const queries = useQueryClient();
  const { draft, change: keep, discard } = useDraft(`${salon.id}-${text?.id ?? 'new-service'}`, {
    title: text?.title_contains ?? '',
    template: text?.template ?? settings.template,
  });
  const save = useMutation({
    mutationFn: () => {
      const change = { title_contains: draft.title.trim(), template: draft.template };
      return text === null
        ? calendar.addServiceText(salon.id, change)
        : calendar.changeServiceText(text.id, change);
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['service-texts', salon.id] });
      discard();
    },
  });
  const change = (part: Partial<typeof draft>) => {
    save.reset();
    keep(part);
  };
  return (
    <form
      class='stack'
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <fieldset disabled={salon.role !== 'owner'}>
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
        <TemplateField
          template={draft.template}
          set={(template) => change({ template })}
          allowedLinks={allowedLinks}
        />
        <SmsPreview
          draft={{ ...settings, template: draft.template }}
          allowedLinks={allowedLinks}
          price={price}
        />
        <SaveArea
          save={save}
          saved={t('sms.services.saved', { title: save.data?.title_contains })}
          cannot={templateProblem(draft.template, allowedLinks) !== null}
        >
          {children}
        </SaveArea>
      </fieldset>
    </form>
  );
}
