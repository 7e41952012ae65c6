import { useMutation, useQueryClient } from '@tanstack/preact-query';
import type { SmsText, SmsTextKind } from '../../../../../shared/calendar/sms-texts.ts';
import { useCalendar } from '../../../data/backend.tsx';
import { useSalon } from '../../../data/salon.tsx';
import { useT } from '../../../i18n/use-language.tsx';
import { ModeField, MomentField } from './moment-fields.tsx';
import type { TextContext } from './other-texts.tsx';
import { SaveArea } from './save-area.tsx';
import { SmsPreview } from './sms-preview.tsx';
import { TemplateField } from './template-field.tsx';
import { templateProblem } from './template-problem.ts';
import { hasMoment, textChangeOf, type TextDraft, textDraftOf } from './text-draft.ts';
import { useDraft } from './use-draft.ts';

/** Switches a kind on, says when it is sent, and writes its text. */
export function TextForm({ kind, text, defaultTemplate, settings, allowedLinks, price }:
  & TextContext
  & { kind: SmsTextKind; text: SmsText | undefined; defaultTemplate: string }) {
  const t = useT();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const queries = useQueryClient();
  const { draft, change: keep, discard } = useDraft<TextDraft>(
    `${salon.id}-${kind}`,
    textDraftOf(kind, text, defaultTemplate),
  );
  const save = useMutation({
    mutationFn: () => calendar.setSmsText(salon.id, kind, textChangeOf(kind, draft)),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['sms-texts', salon.id] });
      discard();
      await queries.invalidateQueries({ queryKey: ['upcoming-reminders'] });
    },
  });
  const change = (part: Partial<TextDraft>) => {
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
        <label class='choice'>
          <input
            type='checkbox'
            checked={draft.enabled}
            onChange={(event) => change({ enabled: event.currentTarget.checked })}
          />
          <span>
            {t('sms.texts.enabled')}
            <small>{t(`sms.texts.about.${kind}`)}</small>
          </span>
        </label>
        {draft.enabled && (
          <>
            {hasMoment(kind) && (
              <>
                <ModeField mode={draft.mode} set={(mode) => change({ mode })} />
                <MomentField moment={draft} change={change} />
              </>
            )}
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
          </>
        )}
        <SaveArea
          save={save}
          saved={t('sms.texts.saved')}
          cannot={draft.enabled && templateProblem(draft.template, allowedLinks) !== null}
        />
      </fieldset>
    </form>
  );
}
