import {
  readSignature,
  SIGNATURE_HEADER,
  type SignatureErrorCode,
  verifySignature,
} from '../../../shared/calcom/signature.ts';
import { sha256Hex } from '../../../shared/text/hex.ts';
import { isUuid } from '../../../shared/text/uuid.ts';
import type { SalonSecrets } from './salon-secrets.ts';

/** The secrets that deliveries may be signed with. */
export type Secrets = {
  /** Valid for any salon; empty if every salon has its own webhook. */
  shared: readonly string[];
  ofSalons: SalonSecrets;
};

/** A salon's own webhook, and the hexadecimal SHA-256 of the secret that it signed with. */
export type SalonSender = { salonId: string; secretHash: string };

/** The text of an authentic delivery and the salon whose webhook sent it, or why it is refused. */
export type Verdict =
  | { ok: true; text: string; sender: SalonSender | null }
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
  if (salon !== undefined) {
    return await verifyOfSalon(salon, signature, body, secrets.ofSalons);
  }

  if (secrets.shared.length === 0) {
    return { ok: false, code: 'server_misconfigured', cause: 'CALCOM_WEBHOOK_SECRET' };
  }
  const verified = await verifySignature(body, signature, secrets.shared);
  return verified.ok ? { ...verified, sender: null } : { ...verified, salonId: null };
}

async function verifyOfSalon(
  salon: string,
  signature: string | null,
  body: BufferSource,
  secrets: SalonSecrets,
): Promise<Verdict> {
  const salonId = isUuid(salon) ? salon : null;
  // A malformed signature is wrong for any salon, so the database is not queried.
  const form = readSignature(signature);
  if (!form.ok) return { ...form, salonId };
  if (salonId === null) return await verifyAgainst([], salon, signature, body);

  const found = await secrets.of(salonId);
  if (!found.ok) {
    return { ok: false, code: 'database_unavailable', cause: found.code };
  }
  const verdict = await verifyAgainst(found.value, salonId, signature, body);
  if (verdict.ok) return verdict;

  const renewed = await secrets.renewed(salonId);
  if (renewed === null) return verdict;
  if (!renewed.ok) {
    return { ok: false, code: 'database_unavailable', cause: renewed.code };
  }
  return await verifyAgainst(renewed.value, salonId, signature, body);
}

async function verifyAgainst(
  secrets: readonly string[],
  salonId: string,
  signature: string | null,
  body: BufferSource,
): Promise<Verdict> {
  for (const secret of secrets.length > 0 ? secrets : [UNKNOWN_SECRET]) {
    const verified = await verifySignature(body, signature, [secret]);
    if (!verified.ok) continue;
    const secretHash = await sha256Hex(new TextEncoder().encode(secret));
    return { ...verified, sender: { salonId, secretHash } };
  }
  return { ok: false, code: 'signature_mismatch', salonId };
}
