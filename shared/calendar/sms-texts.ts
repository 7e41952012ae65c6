import type { Enums, Tables, TablesInsert } from '../database.types.ts';
import { answerOf, type CalendarClient } from './client.ts';
import type { SmsKind } from './reminders.ts';

/** The kinds of messages that have a text of their own. The first reminder's is in `sms_settings`. */
export type SmsTextKind = Exclude<SmsKind, 'reminder' | 'test'>;

/** The text of a kind, and for further reminders when it is sent. */
export type SmsText = Omit<Tables<'sms_texts'>, 'kind'> & { kind: SmsTextKind };
export type SmsTextChange = Pick<
  TablesInsert<'sms_texts'>,
  'enabled' | 'mode' | 'send_at_local' | 'hours_before' | 'template'
>;

/** The text that reminders of a service have instead of the salon's. */
export type ServiceText = Tables<'sms_service_texts'>;
export type ServiceTextChange = Pick<ServiceText, 'title_contains' | 'template'>;

/**
 * The texts that a salon sends beside its first reminder. Members can read them, owners change them.
 * The settings of the salon must exist before (`setSmsSettings`), else the error is `not_found`; the
 * error `refused` names the rule that was broken.
 */
export type SmsTexts = {
  /** The kinds that the salon has configured. One without a row is not sent, except the answer. */
  getSmsTexts(salonId: string): Promise<SmsText[]>;
  /** Creates or changes the text of a kind. An empty template becomes the default one. */
  setSmsText(salonId: string, kind: SmsTextKind, change: SmsTextChange): Promise<SmsText>;
  /** The text of a kind that the salon did not write itself. */
  getDefaultSmsText(kind: SmsTextKind, language: Enums<'reminder_language'>): Promise<string>;
  /** By title. */
  getServiceTexts(salonId: string): Promise<ServiceText[]>;
  /** The error is `refused` if there is one for this title already. */
  addServiceText(salonId: string, text: ServiceTextChange): Promise<ServiceText>;
  changeServiceText(id: string, change: Partial<ServiceTextChange>): Promise<ServiceText>;
  removeServiceText(id: string): Promise<void>;
};

/** Reads and writes the texts of a salon with a client of supabase-js. */
export function createSmsTexts(supabase: CalendarClient): SmsTexts {
  return {
    getSmsTexts: (salonId) =>
      answerOf(supabase.from('sms_texts').select().eq('salon_id', salonId).order('kind')),
    setSmsText: (salonId, kind, change) =>
      answerOf(
        supabase.from('sms_texts').upsert({ ...change, salon_id: salonId, kind }).select().single(),
      ),
    getDefaultSmsText: (kind, language) =>
      answerOf(supabase.rpc('default_sms_text', { p_kind: kind, p_language: language })),
    getServiceTexts: (salonId) =>
      answerOf(
        supabase.from('sms_service_texts').select().eq('salon_id', salonId)
          .order('title_contains'),
      ),
    addServiceText: (salonId, text) =>
      answerOf(
        supabase.from('sms_service_texts').insert({ ...text, salon_id: salonId }).select()
          .single(),
      ),
    changeServiceText: (id, change) =>
      answerOf(
        supabase.from('sms_service_texts').update(change).eq('id', id).select().single(),
      ),
    removeServiceText: async (id) => {
      await answerOf(supabase.from('sms_service_texts').delete().eq('id', id).select().single());
    },
  };
}
