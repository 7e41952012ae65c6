import { useQueryClient } from '@tanstack/preact-query';
import type { SmsText, SmsTextKind } from '../../../../../shared/calendar/sms-texts.ts';
import { useCalendar } from '../../../data/backend.tsx';
import { useSalon } from '../../../data/salon.tsx';
import { useT } from '../../../i18n/use-language.tsx';
import { ModeField, MomentField } from './moment-fields.tsx';
import type { TextContext } from './other-texts.tsx';
import { templateProblem } from './template-problem.ts';
import { hasMoment, textChangeOf, type TextDraft, textDraftOf } from './text-draft.ts';
import { TextFormFrame } from './text-form-frame.tsx';
import { TextWithPreview } from './text-with-preview.tsx';
import { useSavedDraft } from './use-saved-draft.ts';

/** Switches a kind on, says when it is sent, and writes its text. */
export function TextForm({ kind, text, defaultTemplate, ...context }: TextContext & {
  kind: SmsTextKind;
  text: SmsText | undefined;
  defaultTemplate: string;
}) {
  const t = useT();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const queries = useQueryClient();
  const { draft, change, saving } = useSavedDraft<TextDraft, SmsText>({
    name: `${salon.id}-${kind}`,
    stored: textDraftOf(kind, text, defaultTemplate),
    save: (changed) => calendar.setSmsText(salon.id, kind, textChangeOf(kind, changed)),
    onSaved: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['sms-texts', salon.id] }),
        queries.invalidateQueries({ queryKey: ['upcoming-reminders'] }),
      ]),
  });
  return (
    <TextFormFrame
      saving={saving}
      saved={t('sms.texts.saved')}
      cannot={draft.enabled && templateProblem(draft.template, context.allowedLinks) !== null}
    >
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
      {draft.enabled && hasMoment(kind) && (
        <>
          <ModeField mode={draft.mode} set={(mode) => change({ mode })} />
          <MomentField moment={draft} change={change} />
        </>
      )}
      {draft.enabled && (
        <TextWithPreview
          template={draft.template}
          set={(template) => change({ template })}
          {...context}
        />
      )}
    </TextFormFrame>
  );
}
