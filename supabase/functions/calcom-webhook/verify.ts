import {
  readSignature,
  SIGNATURE_HEADER,
  type SignatureErrorCode,
  type VerifiedBody,
  verifySignature,
} from '../../../shared/calcom/signature.ts';
import { isUuid } from '../../../shared/text/uuid.ts';
import type { SalonSecrets } from './salon-secrets.ts';

/** The secrets that deliveries may be signed with. */
export type Secrets = {
  /** Valid for any salon; empty if every salon has its own webhook. */
  shared: readonly string[];
  ofSalons: SalonSecrets;
};

/** The text of an authentic delivery and the salon whose webhook sent it, or why it is refused. */
export type Verdict =
  | { ok: true; text: string; salonId: string | null }
  | { ok: false; code: SignatureErrorCode; salonId: string | null }
  | { ok: false; code: 'server_misconfigured'; cause: string }
  | { ok: false; code: 'database_unavailable'; cause: string };

/**
 * Random and never stored: used to check deliveries of unknown salons, or salons without secrets.
 */
const UNKNOWN_SECRET = crypto.randomUUID();

/**
 * Verifies a delivery against the secrets of the salon in its address (`?salon=<id>`), else against
 * the shared ones. From outside, a malformed id, an unknown salon and a wrong signature look the
 * same.
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
  const salonId = isUuid(salon) ? salon : null;
  const check = async (candidates: readonly string[]): Promise<VerifiedBody> =>
    await verifySignature(body, signature, candidates.length > 0 ? candidates : [UNKNOWN_SECRET]);

  // A malformed signature is wrong for any salon, so the database is not queried.
  const form = readSignature(signature);
  if (!form.ok) return { ...form, salonId };
  if (salonId === null) return { ...await check([]), salonId };

  const found = await secrets.of(salonId);
  if (!found.ok) return { ok: false, code: 'database_unavailable', cause: found.code };
  const verified = await check(found.value);
  if (verified.ok) return { ...verified, salonId };

  const renewed = await secrets.renewed(salonId);
  if (renewed === null) return { ...verified, salonId };
  if (!renewed.ok) return { ok: false, code: 'database_unavailable', cause: renewed.code };
  return { ...await check(renewed.value), salonId };
}
