import type { Tables } from '../database.types.ts';
import { answerOf, type CalendarClient } from './client.ts';

/** A client, with their consent to SMS and their pets. */
export type ClientDetails =
  & Pick<
    Tables<'clients'>,
    | 'id'
    | 'name'
    | 'surname'
    | 'phone_number'
    | 'email'
    | 'has_gdpr_consent'
    | 'gdpr_consent_date'
    | 'gdpr_consent_source'
  >
  & { salon_id: string; pets: Pick<Tables<'pets'>, 'id' | 'name'>[] };

/** A client to add, with ids of the caller's choice. */
export type NewClient =
  & Pick<Tables<'clients'>, 'id' | 'name' | 'surname' | 'phone_number' | 'has_gdpr_consent'>
  & { salon_id: string; pet: Pick<Tables<'pets'>, 'id' | 'name'> | null };

/** How a client is reached. */
export type ClientContact = Pick<Tables<'clients'>, 'phone_number' | 'email'>;

/** Single clients in the signed-in member's salons. An unknown one is `not_found`. */
export type Clients = {
  /** Null for a client who is not in one of their salons. */
  getClient(clientId: string): Promise<ClientDetails | null>;
  /** Adds a client and their pet in up to three requests. Repeating it adds nothing twice. */
  addClient(client: NewClient): Promise<void>;
  /** Corrects how the client is reached. */
  setClientContact(clientId: string, contact: ClientContact): Promise<void>;
  /**
   * Records that the client agreed to SMS, now or at an earlier time (ISO 8601). A consent that is
   * recorded already keeps its time and source.
   */
  recordConsent(clientId: string, at?: string): Promise<void>;
  /** Records that the client withdrew their consent. */
  withdrawConsent(clientId: string): Promise<void>;
};

const COLUMNS = `id, salon_id, name, surname, phone_number, email, has_gdpr_consent,
  gdpr_consent_date, gdpr_consent_source, pets (id, name)`;

const UNLESS_ADDED = { onConflict: 'id', ignoreDuplicates: true };

/** Reads and corrects clients with a client of supabase-js. */
export function createClients(supabase: CalendarClient): Clients {
  const update = async (clientId: string, change: Partial<Tables<'clients'>>) => {
    await answerOf(
      supabase.from('clients').update(change).eq('id', clientId).select('id').single(),
    );
  };
  return {
    getClient: (clientId) =>
      answerOf(supabase.from('clients').select(COLUMNS).eq('id', clientId).maybeSingle()),
    addClient: async ({ pet, ...client }) => {
      await answerOf(supabase.from('clients').upsert(client, UNLESS_ADDED));
      if (pet === null) return;
      const { salon_id } = client;
      await answerOf(supabase.from('pets').upsert({ ...pet, salon_id }, UNLESS_ADDED));
      await answerOf(
        supabase.from('client_pets').upsert(
          { client_id: client.id, pet_id: pet.id },
          { ignoreDuplicates: true },
        ),
      );
    },
    setClientContact: (clientId, { phone_number, email }) =>
      update(clientId, { phone_number, email }),
    recordConsent: (clientId, at) =>
      update(clientId, {
        has_gdpr_consent: true,
        ...(at === undefined ? {} : { gdpr_consent_date: at }),
      }),
    withdrawConsent: (clientId) => update(clientId, { has_gdpr_consent: false }),
  };
}
