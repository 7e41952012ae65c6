import { readMessageId, readSmsapiId } from '../../../shared/sms/identifiers.ts';
import type { Receipt } from './receipt.ts';

type Meaning = { name: string; status: Receipt['status'] };

/** See smsapi.pl/statusy-wiadomosci. 401: the report has expired; 408: there is no report. */
const STATUSES = new Map<string, Meaning>([
  ['401', { name: 'NOT_FOUND', status: null }],
  ['402', { name: 'EXPIRED', status: 'undelivered' }],
  ['403', { name: 'SENT', status: 'sent' }],
  ['404', { name: 'DELIVERED', status: 'delivered' }],
  ['405', { name: 'UNDELIVERED', status: 'undelivered' }],
  ['406', { name: 'FAILED', status: 'failed' }],
  ['407', { name: 'REJECTED', status: 'failed' }],
  ['408', { name: 'UNKNOWN', status: null }],
  ['409', { name: 'QUEUE', status: 'sent' }],
  ['410', { name: 'ACCEPTED', status: 'sent' }],
  ['411', { name: 'RENEWAL', status: 'sent' }],
  ['412', { name: 'STOP', status: 'failed' }],
]);

const STATUS_PATTERN = /^\d{1,6}$/;
const UNIX_SECONDS_PATTERN = /^\d{9,10}$/;

/**
 * Reads the query of a callback, which lists several messages separated by commas. A message without
 * a status is left out. Our ids and the times are used only if there is one for each message, because
 * fewer could belong to any of them. Never throws.
 */
export function readSmsapiReceipts(params: URLSearchParams): Receipt[] {
  const providerIds = list(params, 'MsgId');
  const statuses = list(params, 'status');
  const ids = listOf(providerIds.length, params, 'idx');
  const times = listOf(providerIds.length, params, 'donedate');
  return providerIds.flatMap((providerId, i) =>
    readReceipt(providerId, statuses[i] ?? '', ids[i] ?? '', times[i] ?? '')
  );
}

function readReceipt(providerId: string, status: string, id: string, time: string): Receipt[] {
  const messageId = readMessageId(id);
  const providerMessageId = readSmsapiId(providerId);
  if (messageId === null && providerMessageId === null) return [];
  if (!STATUS_PATTERN.test(status)) return [];

  const meaning = STATUSES.get(status) ?? { name: status, status: null };
  const lost = meaning.status === 'undelivered' || meaning.status === 'failed';
  return [{
    messageId,
    providerMessageId,
    status: meaning.status,
    providerStatus: meaning.name,
    code: lost ? status : null,
    at: UNIX_SECONDS_PATTERN.test(time) ? new Date(Number(time) * 1000).toISOString() : null,
  }];
}

function list(params: URLSearchParams, name: string): string[] {
  const value = params.get(name) ?? '';
  return value === '' ? [] : value.split(',').map((item) => item.trim());
}

function listOf(length: number, params: URLSearchParams, name: string): string[] {
  const items = list(params, name);
  return items.length === length ? items : [];
}
