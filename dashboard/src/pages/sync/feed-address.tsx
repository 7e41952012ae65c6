import { useState } from 'preact/hooks';
import { useT } from '../../i18n/use-language.tsx';

/** A new address, which is shown this once. */
export function FeedAddress({ address }: { address: string }) {
  const t = useT();
  const [copied, setCopied] = useState(false);
  return (
    <div role='status'>
      <p class='notice notice--warn'>{t('feed.once')}</p>
      <div class='feed-address'>
        <input
          readOnly
          aria-label={t('feed.address')}
          value={address}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button
          type='button'
          class='button'
          onClick={() => navigator.clipboard.writeText(address).then(() => setCopied(true))}
        >
          {copied ? t('feed.copied') : t('feed.copy')}
        </button>
      </div>
    </div>
  );
}
