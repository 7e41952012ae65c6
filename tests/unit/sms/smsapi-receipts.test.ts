import { describe, expect, test } from 'vitest';
import { readSmsapiReceipts } from '../../../supabase/functions/sms-status/smsapi-receipts.ts';
import type { Receipt } from '../../../supabase/functions/sms-status/receipt.ts';

const ID_1 = '0b0f6a52-3c1d-4e8e-9a65-0d2f5f0c8a11';
const ID_2 = '1b0f6a52-3c1d-4e8e-9a65-0d2f5f0c8a12';
const ID_3 = '2b0f6a52-3c1d-4e8e-9a65-0d2f5f0c8a13';

function receipts(params: Record<string, string>): Receipt[] {
  return readSmsapiReceipts(new URLSearchParams(params));
}

function pairs(params: Record<string, string>) {
  return receipts(params)
    .map(({ messageId, providerMessageId, status }) => [messageId, providerMessageId, status]);
}

test('a report is read', () => {
  expect(receipts({
    MsgId: '7074294081650020450',
    status: '404',
    status_name: 'DELIVERED',
    idx: ID_1,
    to: '48501220314',
    donedate: '1795449600',
    username: 'barkbook',
    points: '0.165',
    from: 'PsiaLapa',
    mcc: '260',
    mnc: '2',
  })).toEqual([{
    messageId: ID_1,
    providerMessageId: '7074294081650020450',
    status: 'delivered',
    providerStatus: 'DELIVERED',
    code: null,
    at: '2026-11-23T16:00:00.000Z',
  }]);
});

test.each([
  ['401', null, 'NOT_FOUND', null],
  ['402', 'undelivered', 'EXPIRED', '402'],
  ['403', 'sent', 'SENT', null],
  ['404', 'delivered', 'DELIVERED', null],
  ['405', 'undelivered', 'UNDELIVERED', '405'],
  ['406', 'failed', 'FAILED', '406'],
  ['407', 'failed', 'REJECTED', '407'],
  ['408', null, 'UNKNOWN', null],
  ['409', 'sent', 'QUEUE', null],
  ['410', 'sent', 'ACCEPTED', null],
  ['411', 'sent', 'RENEWAL', null],
  ['412', 'failed', 'STOP', '412'],
  ['499', null, '499', null],
])('status %s is %s', (number, status, providerStatus, code) => {
  expect(receipts({ MsgId: 'm-1', status: number })).toMatchObject([{
    status,
    providerStatus,
    code,
  }]);
});

describe('several reports in one callback', () => {
  test('are matched by position', () => {
    expect(pairs({ MsgId: 'm-1,m-2,m-3', status: '404,405, 403', idx: `${ID_1},${ID_2},${ID_3}` }))
      .toEqual([
        [ID_1, 'm-1', 'delivered'],
        [ID_2, 'm-2', 'undelivered'],
        [ID_3, 'm-3', 'sent'],
      ]);
  });

  test('leave out those without a status', () => {
    expect(pairs({ MsgId: 'm-1,m-2,m-3', status: '404,405', idx: `${ID_1},${ID_2},${ID_3}` }))
      .toEqual([[ID_1, 'm-1', 'delivered'], [ID_2, 'm-2', 'undelivered']]);
  });

  test('leave out statuses without a message', () => {
    expect(pairs({ MsgId: 'm-1', status: '404,405', idx: ID_1 })).toEqual([[
      ID_1,
      'm-1',
      'delivered',
    ]]);
  });

  test('keep their own ids only if each has one', () => {
    expect(pairs({ MsgId: 'm-1,m-2', status: '404,405', idx: ID_2 }))
      .toEqual([[null, 'm-1', 'delivered'], [null, 'm-2', 'undelivered']]);
  });

  test('may lack one for a message that is not ours', () => {
    expect(pairs({ MsgId: 'm-1,m-2', status: '404,405', idx: `,${ID_2}` }))
      .toEqual([[null, 'm-1', 'delivered'], [ID_2, 'm-2', 'undelivered']]);
  });

  test('keep their times only if each has one', () => {
    expect(receipts({ MsgId: 'm-1,m-2', status: '404,405', donedate: '1795449600' }))
      .toMatchObject([{ at: null }, { at: null }]);
  });
});

describe('a report is left out', () => {
  test.each([
    ['there is none', {}],
    ['it names no message', { MsgId: '', status: '404' }],
    ['its ids are invalid', { MsgId: '<script>', status: '404', idx: "1' or 1=1" }],
    ['it has no status', { MsgId: 'm-1' }],
    ['its status is not a number', { MsgId: 'm-1', status: 'DELIVERED to 48501220314' }],
  ])('when %s', (_reason, params) => expect(receipts(params)).toEqual([]));
});

test.each(['', '0', 'yesterday', '99999999999999', '-1795449600'])(
  'a time of %j is ignored',
  (donedate) => {
    expect(receipts({ MsgId: 'm-1', status: '404', donedate })).toMatchObject([{ at: null }]);
  },
);

test('an idx in upper case is the same id', () => {
  expect(receipts({ MsgId: 'm-1', status: '404', idx: ID_1.toUpperCase() }))
    .toMatchObject([{ messageId: ID_1 }]);
});
