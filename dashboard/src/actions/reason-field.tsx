import { useT } from '../i18n/use-language.tsx';

const MAX_REASON_CHARACTERS = 500;

/** Why something is done, which Cal.com tells the client. */
export function ReasonField({ required = false, value, set }: {
  required?: boolean;
  value: string;
  set(value: string): void;
}) {
  const t = useT();
  return (
    <label class='field'>
      <span>{t(required ? 'act.reason' : 'act.reasonOptional')}</span>
      <input
        type='text'
        autocomplete='off'
        required={required}
        maxLength={MAX_REASON_CHARACTERS}
        value={value}
        onInput={(event) => set(event.currentTarget.value)}
      />
      <small>{t('act.reasonHint')}</small>
    </label>
  );
}
