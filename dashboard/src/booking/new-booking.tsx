import { useEffect, useRef, useState } from 'preact/hooks';
import { ActionsProvider } from '../actions/actions.tsx';
import { useT } from '../i18n/use-language.tsx';
import { DialogHead } from '../ui/dialog-head.tsx';
import { Icon } from '../ui/icon.tsx';
import { BookingForm } from './booking-form.tsx';

/** A button that opens the form for a client who phones or walks in. */
export function NewBooking({ date }: { date: string }) {
  const t = useT();
  const [isOpen, setOpen] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  const close = () => setOpen(false);
  return (
    <>
      <button type='button' class='button button--main' onClick={() => setOpen(true)}>
        <Icon name='plus' /> {t('book.new')}
      </button>
      <dialog ref={dialog} class='dialog' aria-labelledby='new-booking' onClose={close}>
        {isOpen && (
          <ActionsProvider>
            <DialogHead close={close}>
              <h2 id='new-booking'>{t('book.title')}</h2>
            </DialogHead>
            <BookingForm date={date} close={close} />
          </ActionsProvider>
        )}
      </dialog>
    </>
  );
}
