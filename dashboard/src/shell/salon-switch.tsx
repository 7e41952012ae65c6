import { useSalon } from '../data/salon.tsx';
import { useT } from '../i18n/use-language.tsx';

/** The name of the salon, or a choice for members of several. */
export function SalonSwitch() {
  const t = useT();
  const { salon, salons, choose } = useSalon();
  const role = t(salon.role === 'owner' ? 'app.owner' : 'app.staff');
  return (
    <div class='salon'>
      {salons.length === 1 ? <span class='salon-name'>{salon.name}</span> : (
        <select
          class='salon-name'
          aria-label={t('app.salon')}
          value={salon.id}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          {salons.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
        </select>
      )}
      <span class='salon-role'>{role}</span>
    </div>
  );
}
