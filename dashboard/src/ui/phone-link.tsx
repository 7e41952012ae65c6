import { useT } from '../i18n/use-language.tsx';
import { Icon } from './icon.tsx';

/** A phone number that can be called with a tap. */
export function PhoneLink({ phone, name }: { phone: string; name: string }) {
  const t = useT();
  return (
    <a
      class='phone'
      href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`}
      aria-label={t('appointment.call', { name, phone })}
    >
      <Icon name='phone' />
      {phone}
    </a>
  );
}
