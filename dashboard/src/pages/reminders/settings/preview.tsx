import { useState } from 'preact/hooks';
import { countSegments } from '../../../../../shared/sms/segments.ts';
import { useSalon } from '../../../data/salon.tsx';
import { useLanguage, useT } from '../../../i18n/use-language.tsx';
import { useNow } from '../../../time/use-now.ts';
import type { Draft } from './draft.ts';
import { EXAMPLE, exampleReminder } from './example.ts';

const PRICE_STORAGE_KEY = 'barkbook-sms-price';
const USUAL_PRICE = '0.17';

/** An example of a reminder with these settings, and its price. */
export function Preview({ draft, allowedLinks }: {
  draft: Draft;
  allowedLinks: readonly string[];
}) {
  const t = useT();
  const now = useNow();
  const { locale } = useLanguage();
  const { salon } = useSalon();
  const [price, setPrice] = useState(() => localStorage.getItem(PRICE_STORAGE_KEY) ?? USUAL_PRICE);
  const clientPage = new URL('./c/', location.href.replace(/#.*/, '')).href;
  const text = exampleReminder(draft, salon, allowedLinks, clientPage, now);
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency: 'PLN' });
  const limit = Number(draft.maxSegments);
  const segments = text.ok && t('reminders.segments', { count: text.segments });
  return (
    <section class='card preview' aria-label={t('settings.preview')}>
      <h2>{t('settings.preview')}</h2>
      <p class='muted'>
        {t('settings.previewFor', { pet: EXAMPLE.pet, time: EXAMPLE.time })}
      </p>
      <div aria-live='polite' class='stack'>
        {text.ok && (
          <>
            <p class='sms' data-preview>{text.body}</p>
            <p class='preview-figures'>
              <span>{t('settings.characters', { count: [...text.body].length })}</span>
              <span>{segments}</span>
              <strong>
                {t('settings.each', { price: money.format(text.segments * Number(price)) })}
              </strong>
            </p>
            {text.segments > limit && (
              <p class='notice notice--bad'>
                {t('settings.tooLong', { segments, limit })}
              </p>
            )}
            {text.encoding === 'UCS-2' && (
              <p class='notice notice--warn'>
                {t('settings.ucs2', { character: costlyCharacter(text.body) })}
              </p>
            )}
          </>
        )}
      </div>
      <label class='field'>
        <span>{t('settings.price')}</span>
        <input
          type='number'
          min='0'
          step='0.01'
          value={price}
          onInput={({ currentTarget: { value } }) => {
            setPrice(value);
            localStorage.setItem(PRICE_STORAGE_KEY, value);
          }}
        />
        <small>{t('settings.priceHint')}</small>
      </label>
    </section>
  );
}

/** The first character that is not in GSM-7. */
function costlyCharacter(body: string): string {
  return [...body].find((character) => countSegments(character).encoding === 'UCS-2') ?? '';
}
