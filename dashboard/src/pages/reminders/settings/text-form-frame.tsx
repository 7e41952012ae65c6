import type { ComponentChildren } from 'preact';
import { useSalon } from '../../../data/salon.tsx';
import { useT } from '../../../i18n/use-language.tsx';
import { FormResult } from '../../../ui/form-result.tsx';
import { Form, SubmitButton } from '../../../ui/form.tsx';

/** What the forms of texts have in common: owners save them, staff read them. */
export function TextFormFrame({ saving, saved, cannot, beside, children }: {
  saving: { submit(): Promise<void>; isSuccess: boolean; error: Error | null };
  /** What it says once it is saved. */
  saved: string;
  /** Whether there is something to correct first. */
  cannot: boolean;
  /** Other buttons. */
  beside?: ComponentChildren;
  children: ComponentChildren;
}) {
  const t = useT();
  const { salon } = useSalon();
  const isOwner = salon.role === 'owner';
  return (
    <Form class='stack' submit={saving.submit}>
      <fieldset disabled={!isOwner}>
        {children}
        {isOwner && (
          <div class='row-buttons'>
            <SubmitButton
              label={t('sms.texts.save')}
              busyLabel={t('settings.saving')}
              cannot={cannot}
            />
            {beside}
          </div>
        )}
        <FormResult of={saving} done={saved} />
      </fieldset>
    </Form>
  );
}
