import { useMutation, useQueryClient } from '@tanstack/preact-query';
import type { SmsSettings } from '../../../../../shared/calendar/reminders.ts';
import { useCalendar } from '../../../data/backend.tsx';
import { useSalon } from '../../../data/salon.tsx';
import { useT } from '../../../i18n/use-language.tsx';
import { useErrorText } from '../../../ui/states.tsx';
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
import { useDraft } from './use-draft.ts';
import { usePrice } from './use-price.ts';

/** Changes a part of the draft. */
export type Change = (part: Partial<Draft>) => void;

/** The settings of a salon's reminders. Owners can change them, staff can read them. */
export function SettingsForm({ settings }: { settings: SmsSettings | null }) {
  const t = useT();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const queries = useQueryClient();
  const errorText = useErrorText();
  const { price, setPrice } = usePrice();
  const { draft, isChanged, change: keep, discard } = useDraft<Draft>(salon.id, draftOf(settings));
  const save = useMutation({
    mutationFn: () => calendar.setSmsSettings(salon.id, changeOf(draft)),
    onSuccess: (saved) => {
      queries.setQueryData(['sms-settings', salon.id], saved);
      discard();
      return queries.invalidateQueries({ queryKey: ['upcoming-reminders'] });
    },
  });
  const allowedLinks = settings?.allowed_links ?? [];
  const isOwner = salon.role === 'owner';
  const change: Change = (part) => {
    save.reset();
    keep(part);
  };
  return (
    <div class='settings'>
      <div class='stack'>
        <form
          class='stack'
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate();
          }}
        >
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
              <button
                type='submit'
                class='button button--main'
                disabled={save.isPending || templateProblem(draft.template, allowedLinks) !== null}
              >
                {save.isPending ? t('settings.saving') : t('settings.save')}
              </button>
            )}
          </fieldset>
          <div role='status'>
            {isChanged && !save.isPending && !save.isError && (
              <p class='notice'>
                {t('settings.unsaved')}{' '}
                <button type='button' class='link' onClick={discard}>
                  {t('settings.discard')}
                </button>
              </p>
            )}
            {save.isSuccess && <p class='notice notice--good'>{t('settings.saved')}</p>}
            {save.isError && <p class='notice notice--bad'>{errorText(save.error)}</p>}
          </div>
        </form>
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
