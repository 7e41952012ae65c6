import { useQuery } from '@tanstack/preact-query';
import { useCalendar } from '../../../data/backend.tsx';
import { useSalon } from '../../../data/salon.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { SettingsForm } from './settings-form.tsx';

/** The settings of the current salon's reminders. */
export function SettingsTab() {
  const { salon } = useSalon();
  const calendar = useCalendar();
  const query = useQuery({
    queryKey: ['sms-settings', salon.id],
    queryFn: () => calendar.getSmsSettings(salon.id),
    // A form must not change while it is being filled in.
    refetchOnWindowFocus: false,
  });
  return (
    <Loaded query={query}>
      {(settings) => <SettingsForm key={salon.id} settings={settings} />}
    </Loaded>
  );
}
