import { useRef, useState } from 'preact/hooks';
import { useT } from '../../i18n/use-language.tsx';

/** A new address, which is shown only once. */
export function FeedAddress({ address }: { address: string }) {
  const t = useT();
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);

  async function copy() {
    try {
      await navigator.clipboard.writeText(address);
      setCopied(true);
    } catch {
      // The browser does not allow the page to copy, so the address is selected instead.
      field.current?.select();
    }
  }

  return (
    <div role='status'>
      <p class='notice notice--warn'>{t('feed.once')}</p>
      <div class='feed-address'>
        <input
          ref={field}
          readOnly
          aria-label={t('feed.address')}
          value={address}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button type='button' class='button' onClick={copy}>
          {copied ? t('feed.copied') : t('feed.copy')}
        </button>
      </div>
    </div>
  );
}
