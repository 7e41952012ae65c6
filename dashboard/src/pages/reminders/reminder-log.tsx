import { useQuery } from '@tanstack/preact-query';
import { useState } from 'preact/hooks';
import type { ReminderOutcome } from '../../../../shared/calendar/reminders.ts';
import { Constants } from '../../../../shared/database.types.ts';
import { useCalendar } from '../../data/backend.tsx';
import { useSalon } from '../../data/salon.tsx';
import { useT } from '../../i18n/use-language.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { Message } from '../../ui/states.tsx';
import { ReminderRow } from './reminder-row.tsx';
import { UnlessOff } from './unless-off.tsx';

const OUTCOMES = Constants.public.Enums.reminder_outcome;
const POLL_MS = 15_000;

/** All planned reminders, the newest first. */
export function ReminderLog() {
  const t = useT();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const [outcome, setOutcome] = useState<ReminderOutcome | undefined>();
  const query = useQuery({
    queryKey: ['reminders', salon.id, outcome],
    queryFn: () =>
      calendar.getReminderLog({ salonId: salon.id, ...(outcome ? { outcomes: [outcome] } : {}) }),
    refetchInterval: POLL_MS,
  });
  return (
    <>
      <label class='filter'>
        <span>{t('reminders.filter')}</span>
        <select
          value={outcome ?? ''}
          onChange={({ currentTarget: { value } }) =>
            setOutcome(OUTCOMES.find((each) => each === value))}
        >
          <option value=''>{t('reminders.all')}</option>
          {OUTCOMES.map((each) => (
            <option key={each} value={each}>{t(`reminders.outcome.${each}`)}</option>
          ))}
        </select>
      </label>
      <Loaded query={query}>
        {(entries) =>
          entries.length > 0
            ? (
              <ul class='card rows'>
                {entries.map((entry) => <ReminderRow key={entry.message_id} entry={entry} />)}
              </ul>
            )
            : outcome
            ? <p class='muted'>{t('reminders.emptyFilter')}</p>
            : (
              <UnlessOff>
                <Message title={t('reminders.emptyLog')} icon='message'>
                  {t('reminders.emptyLogNext')}
                </Message>
              </UnlessOff>
            )}
      </Loaded>
    </>
  );
}
