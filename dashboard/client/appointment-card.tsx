import { useEffect, useRef, useState } from 'preact/hooks';
import type { ClientAppointment, ClientResult } from '../../shared/client-link/answers.ts';
import type { Answer, ClientAnswer, LinkApi } from './link-api.ts';
import type { Texts } from './texts.ts';

/** An appointment, and what its client can do about it. */
export function AppointmentCard({ appointment, noticeHours, api, texts, locale, reload }: {
  appointment: ClientAppointment;
  noticeHours: number;
  api: LinkApi;
  texts: Texts;
  locale: string;
  /** Returns whether it is known what the appointment is now. */
  reload(): Promise<boolean>;
}) {
  const [isBusy, setBusy] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [message, setMessage] = useState('');
  const { id, cancelled, response, canChange, pet } = appointment;
  const headingId = `appointment-${id}`;
  const heading = useRef<HTMLHeadingElement>(null);

  async function respond(action: ClientAnswer['action']): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    setMessage('');
    const answered = await api.respond({ action, eventId: id, start: appointment.startTime });
    if (answered.ok && answered.value.result === 'continue') {
      location.assign(answered.value.url);
      return;
    }
    const isKnown = await reload();
    // Otherwise the page itself says what is wrong.
    if (answered.ok || isKnown) setMessage(messageAfter(answered));
    if (isAsking) stopAsking();
    setBusy(false);
  }

  function messageAfter(answered: Answer<ClientResult>): string {
    if (answered.ok) return answered.value.result === 'passed_on' ? texts.passedOn : '';
    const { problem } = answered;
    return problem === 'too_late' ? texts.tooLate(noticeHours) : texts.problems[problem];
  }

  /** The button that was pressed goes, so the focus has to move. */
  function stopAsking(): void {
    setAsking(false);
    heading.current?.focus();
  }

  return (
    <section class='card stack' aria-labelledby={headingId}>
      <div>
        <h2 ref={heading} id={headingId} tabIndex={-1}>{when(appointment, texts, locale)}</h2>
        {pet !== null && <p>{pet}</p>}
      </div>
      <div role='status' class='stack'>
        {cancelled && <p class='notice'>{texts.cancelled}</p>}
        {!cancelled && response !== null && <p class='notice'>{texts.responses[response]}</p>}
        {message !== '' && <p>{message}</p>}
      </div>
      {!cancelled && isAsking && (
        <Confirmation
          texts={texts}
          isBusy={isBusy}
          confirm={() => respond('cancel')}
          keep={stopAsking}
        />
      )}
      {!cancelled && !isAsking && (
        <div class='choices'>
          <button
            type='button'
            class='button button--main'
            aria-disabled={isBusy}
            onClick={() => respond('coming')}
          >
            {texts.coming}
          </button>
          {canChange && (
            <>
              <button
                type='button'
                class='button'
                aria-disabled={isBusy}
                onClick={() => respond('move')}
              >
                {texts.move}
              </button>
              <button
                type='button'
                class='button'
                aria-disabled={isBusy}
                onClick={() => !isBusy && setAsking(true)}
              >
                {texts.cancel}
              </button>
            </>
          )}
        </div>
      )}
      {!cancelled && !canChange && <p class='muted'>{texts.tooLate(noticeHours)}</p>}
    </section>
  );
}

/** Asks once more, since nobody can take a cancellation back. */
function Confirmation({ texts, isBusy, confirm, keep }: {
  texts: Texts;
  isBusy: boolean;
  confirm(): void;
  keep(): void;
}) {
  const question = useRef<HTMLParagraphElement>(null);
  // The button that was pressed is gone.
  useEffect(() => question.current?.focus(), []);
  return (
    <div class='stack'>
      <p ref={question} tabIndex={-1}>{texts.confirm}</p>
      <div class='choices'>
        <button type='button' class='button button--main' aria-disabled={isBusy} onClick={confirm}>
          {texts.confirmed}
        </button>
        <button
          type='button'
          class='button'
          aria-disabled={isBusy}
          onClick={() => !isBusy && keep()}
        >
          {texts.kept}
        </button>
      </div>
    </div>
  );
}

/** `wtorek, 24 listopada, godz. 10:00`: dates are the salon's, whatever the browser's zone is. */
function when({ date, start }: ClientAppointment, { at }: Texts, locale: string): string {
  const day = new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
  return `${day.format(new Date(`${date}T00:00:00Z`))}, ${at} ${start}`;
}
