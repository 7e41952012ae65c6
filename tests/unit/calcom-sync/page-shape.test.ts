import { describe, expect, test } from 'vitest';
import { PAGE_SHAPES } from '../../../supabase/functions/calcom-sync/page-shape.ts';

const [offset, cursor] = PAGE_SHAPES;
const bookings = (count: number) => Array.from({ length: count }, (_, index) => ({ uid: index }));

test('the older version is tried first', () => {
  expect(PAGE_SHAPES.map(({ version }) => version)).toEqual(['2024-08-13', '2026-05-01']);
});

describe('pages by offset', () => {
  const read = (count: number, pagination: object, position: string | null = null) =>
    offset.read({ data: bookings(count), pagination }, position);
  const of = (itemsPerPage: unknown, hasNextPage: unknown = true) => ({
    itemsPerPage,
    hasNextPage,
  });

  test('are asked for by their position', () => {
    expect(offset.parameters(null)).toEqual({ take: '100', skip: '0' });
    expect(offset.parameters('300')).toEqual({ take: '100', skip: '300' });
  });

  test('go on after one that is full, whatever the server says', () => {
    expect(read(3, of(3, false))).toEqual({ bookings: bookings(3), total: null, next: '3' });
    expect(read(4, of(3), '100')).toMatchObject({ next: '104' });
  });

  test('end with one that is not full', () => {
    expect(read(2, { ...of(3), totalItems: 2 }, '300')).toEqual({
      ...{ bookings: bookings(2), total: 2, next: null },
    });
    expect(read(0, of(0))).toMatchObject({ next: null });
    expect(read(0, { ...of(3), totalItems: 'many' })).toMatchObject({ total: null });
  });

  test('are not read without the members that lead on', () => {
    expect([read(1, of('3')), read(1, of(3, 'yes')), read(1, {})]).toEqual([null, null, null]);
  });
});

describe('pages by cursor', () => {
  const read = (pagination: unknown, data: unknown = bookings(2)) =>
    cursor?.read({ data, pagination }, null);

  test('are asked for by their cursor', () => {
    expect(cursor?.parameters(null)).toEqual({ limit: '100' });
    expect(cursor?.parameters('abc')).toEqual({ limit: '100', cursor: 'abc' });
  });

  test('go on as long as there are more', () => {
    expect(read({ hasMore: true, nextCursor: 'abc' })).toEqual({
      ...{ bookings: bookings(2), total: null, next: 'abc' },
    });
    expect(read({ hasMore: false, nextCursor: 'abc' })).toMatchObject({ next: null });
  });

  test('are not read without the members that lead on', () => {
    expect(read({ hasMore: true })).toBeNull();
    expect(read({ hasMore: true, nextCursor: 7 })).toBeNull();
    expect(read({ hasMore: 'true', nextCursor: 'abc' })).toBeNull();
    expect(read({ nextCursor: 'abc' })).toBeNull();
    expect(read(undefined)).toBeNull();
    expect(read({ hasMore: false }, { 0: 'a' })).toBeNull();
  });
});
