import { useQueryClient } from '@tanstack/preact-query';
import type { SmsSettings } from '../../../../../shared/calendar/reminders.ts';
import { useCalendar } from '../../../data/backend.tsx';
import { useSalon } from '../../../data/salon.tsx';
import { useT } from '../../../i18n/use-language.tsx';
import { FormResult } from '../../../ui/form-result.tsx';
import { Form, SubmitButton } from '../../../ui/form.tsx';
import { ClientFields } from './client-fields.tsx';
import { ContentFields } from './content-fields.tsx';
import { CostFields } from './cost-fields.tsx';
import { changeOf, type Draft, draftOf } from './draft.ts';
import { OtherTexts } from './other-texts.tsx';
import { Preview } from './preview.tsx';
import { SalonPhone } from './salon-phone.tsx';
import { templateProblem } from './template-problem.ts';
import { TestSms } from './test-sms.tsx';
import { TimingFields } from './timing-fields.tsx';
import { usePrice } from './use-price.ts';
import { useSavedDraft } from './use-saved-draft.ts';

/** Changes a part of the draft. */
export type Change = (part: Partial<Draft>) => void;

/** The settings of a salon's reminders. Owners can change them, staff can read them. */
export function SettingsForm({ settings }: { settings: SmsSettings | null }) {
  const t = useT();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const queries = useQueryClient();
  const { price, setPrice } = usePrice();
  const { draft, isChanged, change, discard, saving } = useSavedDraft<Draft, SmsSettings>({
    name: salon.id,
    stored: draftOf(settings),
    save: (changed) => calendar.setSmsSettings(salon.id, changeOf(changed)),
    onSaved: (saved) => {
      queries.setQueryData(['sms-settings', salon.id], saved);
      return queries.invalidateQueries({ queryKey: ['upcoming-reminders'] });
    },
  });
  const allowedLinks = settings?.allowed_links ?? [];
  const isOwner = salon.role === 'owner';
  return (
    <div class='settings'>
      <div class='stack'>
        <Form class='stack' submit={saving.submit}>
          {!isOwner && <p class='notice'>{t('settings.ownerOnly')}</p>}
          {settings?.problem && (
            <p class='notice notice--bad'>{t('settings.problem', { code: settings.problem })}</p>
          )}
          <fieldset disabled={!isOwner}>
            <label class='card choice'>
              <input
                type='checkbox'
                checked={draft.enabled}
                onChange={(event) => change({ enabled: event.currentTarget.checked })}
              />
              <span>
                <strong>{t('settings.enabled')}</strong>
                <small>{t('settings.enabledHint')}</small>
              </span>
            </label>
            <TimingFields draft={draft} change={change} />
            <ContentFields draft={draft} change={change} allowedLinks={allowedLinks} />
            <ClientFields draft={draft} change={change} />
            <CostFields
              draft={draft}
              change={change}
              sender={settings?.sender ?? null}
              dailyCap={settings?.daily_cap ?? null}
            />
            {isOwner && (
              <SubmitButton
                main
                label={t('settings.save')}
                busyLabel={t('settings.saving')}
                cannot={templateProblem(draft.template, allowedLinks) !== null}
              />
            )}
          </fieldset>
          <FormResult of={saving} done={t('settings.saved')}>
            {isChanged && !saving.isPending && !saving.isError && (
              <p class='notice'>
                {t('settings.unsaved')}{' '}
                <button type='button' class='link' onClick={discard}>
                  {t('settings.discard')}
                </button>
              </p>
            )}
          </FormResult>
        </Form>
        {settings === null
          ? <p class='notice'>{t('sms.texts.saveFirst')}</p>
          : <OtherTexts settings={draft} allowedLinks={allowedLinks} price={price} />}
        {isOwner && <TestSms />}
        <SalonPhone key={salon.id} />
      </div>
      <Preview
        draft={draft}
        allowedLinks={allowedLinks}
        price={price}
        setPrice={setPrice}
      />
    </div>
  );
}
