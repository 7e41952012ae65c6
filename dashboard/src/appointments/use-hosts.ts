import { useMemo, useState } from 'preact/hooks';
import type { CalendarEventWithDetails } from '../../../shared/calendar/appointment.ts';

/** A person who hosts. */
export type Host = { key: string; name: string };

type Hosted = Pick<CalendarEventWithDetails, 'host_username' | 'host_name'>;

/** Everyone who hosts one of the appointments, by name. */
export function hostsOf(appointments: readonly Hosted[]): Host[] {
  const names = new Map<string, string>();
  for (const { host_username: username, host_name: name } of appointments) {
    const key = username ?? name;
    if (key !== null) names.set(key, name ?? names.get(key) ?? key);
  }
  return [...names].map(([key, name]) => ({ key, name }))
    .toSorted((one, other) => one.name.localeCompare(other.name));
}

/** A choice among the hosts of some appointments. `shown` are those of the chosen one, or all. */
export function useHosts<Appointment extends Hosted>(appointments: readonly Appointment[]): {
  hosts: readonly Host[];
  chosen: string | null;
  choose(key: string | null): void;
  shown: readonly Appointment[];
} {
  const [wanted, choose] = useState<string | null>(null);
  const hosts = hostsOf(appointments);
  // Nobody's appointments are hidden behind a choice that can no longer be seen.
  const chosen = hosts.length > 1 && hosts.some(({ key }) => key === wanted) ? wanted : null;
  const shown = useMemo(
    () =>
      chosen === null
        ? appointments
        : appointments.filter((each) => (each.host_username ?? each.host_name) === chosen),
    [
      appointments,
      chosen,
    ],
  );
  return { hosts, chosen, choose, shown };
}
