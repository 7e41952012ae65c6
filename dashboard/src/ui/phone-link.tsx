import { useT } from '../i18n/use-language.tsx';
import { Icon } from './icon.tsx';
import { phoneText } from '../../../shared/text/phone-text.ts';

/** A phone number that can be called with a tap. */
export function PhoneLink({ phone, name }: { phone: string; name: string }) {
  const t = useT();
  const text = phoneText(phone);
  return (
    <a
      class='phone'
      href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`}
      aria-label={t('appointment.call', { name, phone: text })}
    >
      <Icon name='phone' />
      {text}
    </a>
  );
}
