import { keepPreviousData, useQuery } from '@tanstack/preact-query';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useCalendar } from '../../data/backend.tsx';
import { useSalon } from '../../data/salon.tsx';
import { useT } from '../../i18n/use-language.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { useDebounced } from '../../ui/use-debounced.ts';
import { type Choice, choicesOf } from './choices.ts';
import { ChoiceList } from './choice-list.tsx';

/** How long to wait after the last key before searching. */
const TYPING_MS = 250;
const SHOWN = 8;

/** Finds a client and their pet; until something is typed, those that match `suggestFor`. */
export function ClientSearch({ suggestFor, onlyClients = false, takesFocus = false, choose }: {
  suggestFor: string;
  /** Without pets that have no owner. */
  onlyClients?: boolean;
  takesFocus?: boolean;
  choose(choice: Choice): void;
}) {
  const t = useT();
  const { salon } = useSalon();
  const calendar = useCalendar();
  const [typed, setTyped] = useState('');
  const input = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (takesFocus) input.current?.focus();
  }, []);
  const text = useDebounced(typed.trim(), TYPING_MS) || suggestFor;
  const query = useQuery({
    queryKey: ['choices', salon.id, text, onlyClients],
    queryFn: async () => {
      // One more than is shown tells whether there are others.
      const of = { salonId: salon.id, limit: SHOWN + 1 };
      const [pets, clients] = await Promise.all([
        calendar.searchPets(text, of),
        calendar.searchClients(text, of),
      ]);
      return {
        choices: choicesOf(pets.slice(0, SHOWN), clients.slice(0, SHOWN))
          .filter(({ client }) => client !== null || !onlyClients),
        areMore: pets.length > SHOWN || clients.length > SHOWN,
      };
    },
    enabled: text !== '',
    placeholderData: keepPreviousData,
  });
  return (
    <div class='stack'>
      <label class='field'>
        <span>{t('pets.search')}</span>
        <input
          ref={input}
          type='search'
          // For a dialog that opens with it.
          autofocus={takesFocus}
          autocomplete='off'
          placeholder={t('pets.placeholder')}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      {text !== '' && (
        <Loaded query={query}>
          {({ choices, areMore }) => (
            <>
              <p role='status' class='muted empty'>
                {areMore && t('pets.firstOnly', { count: SHOWN })}
                {choices.length === 0 && typed !== '' && t('pets.none', { text })}
              </p>
              <ChoiceList choices={choices} choose={choose} />
            </>
          )}
        </Loaded>
      )}
    </div>
  );
}
