import { z } from 'zod/v3';
import { parseRecord } from '../../../shared/json/records.ts';
import { isUuid } from '../../../shared/text/uuid.ts';
import { readInstant } from '../../../shared/time/instant.ts';

const MAX_REASON_CHARACTERS = 500;

const uuid = z.string().toLowerCase().refine(isUuid);
const optionalUuid = uuid.nullish().transform((id) => id ?? null);
const reason = z.string().trim().max(MAX_REASON_CHARACTERS);
const optionalReason = reason.nullish().transform((text) => text || null);
const start = z.unknown().transform((value, context) => {
  const instant = readInstant(value);
  if (instant !== null) return instant;
  context.addIssue({ code: 'custom' });
  return z.NEVER;
});
const ofAppointment = { requestKey: uuid, eventId: uuid };

const command = z.discriminatedUnion('action', [
  z.object({ action: z.literal('cancel'), ...ofAppointment, reason: reason.min(1) }),
  z.object({ action: z.literal('move'), ...ofAppointment, start, reason: optionalReason }),
  z.object({ action: z.literal('no_show'), ...ofAppointment, absent: z.boolean() }),
  z.object({ action: z.literal('confirm'), ...ofAppointment }),
  z.object({ action: z.literal('decline'), ...ofAppointment, reason: optionalReason }),
  z.object({
    action: z.literal('event_types'),
    salonId: uuid,
    clientId: optionalUuid,
    petId: optionalUuid,
  }),
  z.object({
    action: z.literal('book'),
    requestKey: uuid,
    salonId: uuid,
    eventTypeId: z.number().int().positive(),
    start,
    clientId: uuid,
    petId: optionalUuid,
  }),
]);

/** What is asked for; times in UTC. */
export type Command = z.infer<typeof command>;

/** About an appointment, which exists already. */
export type AppointmentCommand = Extract<Command, { eventId: string }>;

/** What can be booked, by hand for the client if there is no key. */
export type EventTypesCommand = Extract<Command, { action: 'event_types' }>;

/** A new booking. */
export type BookCommand = Extract<Command, { action: 'book' }>;

/** A command, or the member of the body that is wrong; empty for the body itself. */
export type ParsedCommand = { ok: true; command: Command } | { ok: false; member: string };

/** Reads a body. */
export function parseCommand(text: string): ParsedCommand {
  const members = parseRecord(text);
  if (members === null) return { ok: false, member: '' };
  const parsed = command.safeParse(members);
  if (parsed.success) return { ok: true, command: parsed.data };
  return { ok: false, member: String(parsed.error.issues[0]?.path[0] ?? '') };
}
