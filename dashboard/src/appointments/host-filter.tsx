import { useT } from '../i18n/use-language.tsx';
import type { Host } from './use-hosts.ts';

/** Selects whose appointments are shown, in a salon with several groomers. */
export function HostFilter({ hosts, chosen, choose }: {
  hosts: readonly Host[];
  chosen: string | null;
  choose(key: string | null): void;
}) {
  const t = useT();
  if (hosts.length < 2) return null;
  return (
    <label class='filter'>
      <span>{t('appointment.host')}</span>
      <select
        value={chosen ?? ''}
        onChange={({ currentTarget: { value } }) => choose(value === '' ? null : value)}
      >
        <option value=''>{t('appointment.everyHost')}</option>
        {hosts.map(({ key, name }) => <option key={key} value={key}>{name}</option>)}
      </select>
    </label>
  );
}
