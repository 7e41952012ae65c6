import { useT } from '../i18n/use-language.tsx';

const MAX_PHONE_CHARACTERS = 100;

/** A field with what is wrong with it. */
export function CheckedField({ id, type, label, value, problem = null, maxLength, set }: {
  id: string;
  type: 'text' | 'tel' | 'email';
  label: string;
  value: string;
  problem?: string | null;
  maxLength: number;
  set(value: string): void;
}) {
  return (
    <div class='field'>
      <label for={id}>{label}</label>
      <input
        id={id}
        type={type}
        autocomplete='off'
        maxLength={maxLength}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : `${id}-problem`}
        value={value}
        onInput={(event) => set(event.currentTarget.value)}
      />
      {problem !== null && <small id={`${id}-problem`} class='problem'>{problem}</small>}
    </div>
  );
}

/** The phone number of a client. */
export function PhoneField(props: {
  id: string;
  value: string;
  problem: string | null;
  set(value: string): void;
}) {
  const t = useT();
  return (
    <CheckedField
      {...props}
      type='tel'
      label={t('act.client.phone')}
      maxLength={MAX_PHONE_CHARACTERS}
    />
  );
}
