import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'wouter-preact';
import { useT } from '../../i18n/use-language.tsx';
import { Form } from '../../ui/form.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import { Found } from './found.tsx';
import './pets.css';
import { searchAddress, searchedText } from './search-address.ts';
import { TodaysPets } from './todays-pets.tsx';

/** How long to wait after the last key before searching. */
const TYPING_MS = 250;

/** Finds pets and clients by name or phone number. */
export function PetsPage() {
  const t = useT();
  const [location, navigate] = useLocation();
  const [typed, setTyped] = useState(searchedText);
  const text = useDebounced(typed.trim(), TYPING_MS);
  const written = useRef(searchedText());
  useEffect(() => {
    if (written.current === text) return;
    written.current = text;
    // Replaced, so that Back does not go through every letter.
    navigate(searchAddress(text), { replace: true });
  }, [text]);
  useEffect(() => {
    // A link, or Back, and not the line above.
    if (searchedText() !== written.current) {
      written.current = searchedText();
      setTyped(written.current);
    }
  }, [location]);
  return (
    <>
      <PageHead title={t('pets.title')} detail={t('pets.hint')} />
      <Form role='search' class='search' submit={() => {}}>
        <label class='field'>
          <span>{t('pets.search')}</span>
          <input
            type='search'
            autocomplete='off'
            placeholder={t('pets.placeholder')}
            value={typed}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </label>
      </Form>
      {text === '' ? <TodaysPets /> : <Found text={text} />}
    </>
  );
}
