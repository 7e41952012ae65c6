import { useEffect, useRef, useState } from 'preact/hooks';
import type { ClientAppointment } from '../../shared/client-link/answers.ts';
import type { ClientAnswer, LinkApi } from './link-api.ts';
import type { Texts } from './texts.ts';

/** An appointment, and what its client can do about it. */
export function AppointmentCard({ appointment, noticeHours, api, texts, locale, reload }: {
  appointment: ClientAppointment;
  noticeHours: number;
  api: LinkApi;
  texts: Texts;
  locale: string;
  reload(): Promise<void>;
}) {
  const [isBusy, setBusy] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [message, setMessage] = useState('');
  const { id, cancelled, response, canChange, pet } = appointment;
  const headingId = `appointment-${id}`;

  async function respond(action: ClientAnswer['action']): Promise<void> {
    setBusy(true);
    setMessage('');
    const answered = await api.respond({ action, eventId: id, start: appointment.startTime });
    setAsking(false);
    if (!answered.ok) {
      const { problem } = answered;
      setMessage(problem === 'too_late' ? texts.tooLate(noticeHours) : texts.problems[problem]);
    } else if (answered.value.result === 'continue') {
      location.assign(answered.value.url);
      return;
    } else if (answered.value.result === 'passed_on') {
      setMessage(texts.passedOn);
    }
    await reload();
    setBusy(false);
  }

  return (
    <section class='card stack' aria-labelledby={headingId}>
      <div>
        <h2 id={headingId}>{when(appointment, texts, locale)}</h2>
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
          keep={() => setAsking(false)}
        />
      )}
      {!cancelled && !isAsking && (
        <div class='choices'>
          <button
            type='button'
            class='button button--main'
            disabled={isBusy}
            onClick={() => respond('coming')}
          >
            {texts.coming}
          </button>
          {canChange && (
            <>
              <button
                type='button'
                class='button'
                disabled={isBusy}
                onClick={() => respond('move')}
              >
                {texts.move}
              </button>
              <button
                type='button'
                class='button'
                disabled={isBusy}
                onClick={() => setAsking(true)}
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
        <button type='button' class='button button--main' disabled={isBusy} onClick={confirm}>
          {texts.confirmed}
        </button>
        <button type='button' class='button' disabled={isBusy} onClick={keep}>
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
