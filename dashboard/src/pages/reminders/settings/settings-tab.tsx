import { useQuery } from '@tanstack/preact-query';
import { useCalendar } from '../../../data/backend.tsx';
import { useSalon } from '../../../data/salon.tsx';
import { Loaded } from '../../../ui/loaded.tsx';
import { SettingsForm } from './settings-form.tsx';

/** How the salon reminds. */
export function SettingsTab() {
  const { salon } = useSalon();
  const calendar = useCalendar();
  const query = useQuery({
    queryKey: ['sms-settings', salon.id],
    queryFn: () => calendar.getSmsSettings(salon.id),
    // What somebody is typing must not change under their hands.
    refetchOnWindowFocus: false,
  });
  return (
    <Loaded query={query}>
      {(settings) => <SettingsForm key={salon.id} settings={settings} />}
    </Loaded>
  );
}
