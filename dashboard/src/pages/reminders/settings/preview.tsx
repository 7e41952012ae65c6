import { useT } from '../../../i18n/use-language.tsx';
import type { Draft } from './draft.ts';
import { EXAMPLE } from './example.ts';
import { SmsPreview } from './sms-preview.tsx';

/** An example of a reminder with these settings, and the price of a segment. */
export function Preview({ draft, allowedLinks, price, setPrice }: {
  draft: Draft;
  allowedLinks: readonly string[];
  price: string;
  setPrice(price: string): void;
}) {
  const t = useT();
  return (
    <section class='card preview' aria-label={t('settings.preview')}>
      <h2>{t('settings.preview')}</h2>
      <p class='muted'>
        {t('settings.previewFor', { pet: EXAMPLE.pet, time: EXAMPLE.time })}
      </p>
      <SmsPreview draft={draft} allowedLinks={allowedLinks} price={price} />
      <label class='field'>
        <span>{t('settings.price')}</span>
        <input
          type='number'
          min='0'
          step='0.01'
          value={price}
          onInput={(event) => setPrice(event.currentTarget.value)}
        />
        <small>{t('settings.priceHint')}</small>
      </label>
    </section>
  );
}
