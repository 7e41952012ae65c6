import { phoneText } from '../../../../shared/text/phone-text.ts';
import { useActions } from '../../actions/actions.tsx';
import { useT } from '../../i18n/use-language.tsx';
import { fullName } from '../../ui/full-name.ts';
import type { Choice } from './choices.ts';

/** Clients and pets to choose one of. */
export function ChoiceList({ choices, choose }: {
  choices: readonly Choice[];
  choose(choice: Choice): void;
}) {
  const t = useT();
  const { isBusy } = useActions();
  if (choices.length === 0) return null;
  return (
    <ul class='choices'>
      {choices.map((choice) => {
        const { client, pet } = choice;
        return (
          <li key={`${client?.id} ${pet?.id}`}>
            <button
              type='button'
              class='button choice-button'
              aria-disabled={isBusy}
              onClick={() => choose(choice)}
            >
              <strong>{pet?.name ?? (client && fullName(client))}</strong>{' '}
              <span class='muted'>
                {[
                  pet ? pet.breed : t('act.assign.noPet'),
                  pet && client && fullName(client),
                  client && phoneText(client.phone_number),
                ].filter(Boolean).join(' · ')}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
