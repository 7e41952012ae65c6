import type { TextContext } from './other-texts.tsx';
import { SmsPreview } from './sms-preview.tsx';
import { TemplateField } from './template-field.tsx';

/** The field for a text beside the first reminder's, and what it looks like. */
export function TextWithPreview({ template, set, settings, allowedLinks, price }: TextContext & {
  template: string;
  set(template: string): void;
}) {
  return (
    <>
      <TemplateField template={template} set={set} allowedLinks={allowedLinks} />
      <SmsPreview draft={{ ...settings, template }} allowedLinks={allowedLinks} price={price} />
    </>
  );
}
