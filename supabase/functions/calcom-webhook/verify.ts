import {
  SIGNATURE_HEADER,
  type SignatureErrorCode,
  type VerifiedBody,
  verifySignature,
} from '../../../shared/calcom/signature.ts';
import type { SalonSecrets } from './salon-secrets.ts';

/** What deliveries may be signed with. */
export type Secrets = {
  /** For any salon; may be none where every salon has a webhook of its own. */
  shared: readonly string[];
  ofSalons: SalonSecrets;
};

/** The text of an authentic delivery and whose webhook it came from, or why nobody gets to read it. */
export type Verdict =
  | { ok: true; text: string; salonId: string | null }
  | { ok: false; code: SignatureErrorCode; salonId: string | null }
  | { ok: false; code: 'server_misconfigured'; cause: string }
  | { ok: false; code: 'database_unavailable'; cause: string };

const SALON_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Known to nobody and never stored: what no salon, or one without a webhook, is checked against. */
const NOBODYS_SECRET = crypto.randomUUID();

/**
 * Checks a delivery against the secrets of the salon in its address (`?salon=<id>`), else against
 * the shared ones. An id that is none, an unknown salon and a wrong signature look the same from
 * outside.
 */
export async function verifyDelivery(
  request: Request,
  body: BufferSource,
  secrets: Secrets,
): Promise<Verdict> {
  const signature = request.headers.get(SIGNATURE_HEADER);
  const salon = new URL(request.url).searchParams.get('salon')?.toLowerCase();
  if (salon !== undefined) return await verifyOfSalon(salon, signature, body, secrets.ofSalons);

  if (secrets.shared.length === 0) {
    return { ok: false, code: 'server_misconfigured', cause: 'CALCOM_WEBHOOK_SECRET' };
  }
  return { ...await verifySignature(body, signature, secrets.shared), salonId: null };
}

async function verifyOfSalon(
  salon: string,
  signature: string | null,
  body: BufferSource,
  secrets: SalonSecrets,
): Promise<Verdict> {
  const salonId = SALON_ID.test(salon) ? salon : null;
  const check = async (candidates: readonly string[]): Promise<VerifiedBody> =>
    await verifySignature(body, signature, candidates.length > 0 ? candidates : [NOBODYS_SECRET]);

  // Whatever is wrong with its form is wrong for any salon: no reason to ask the database.
  const form = await check([]);
  if (salonId === null || (!form.ok && form.code !== 'signature_mismatch')) {
    return { ...form, salonId };
  }

  const found = await secrets.of(salonId);
  if (!found.ok) return { ok: false, code: 'database_unavailable', cause: found.code };
  const verified = await check(found.value);
  if (verified.ok) return { ...verified, salonId };

  const renewed = await secrets.renewed(salonId);
  if (renewed === null) return { ...verified, salonId };
  if (!renewed.ok) return { ok: false, code: 'database_unavailable', cause: renewed.code };
  return { ...await check(renewed.value), salonId };
}
