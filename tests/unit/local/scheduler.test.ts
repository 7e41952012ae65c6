import { describe, expect, it, test } from 'vitest';
import { parseSchedule, type Schedule } from '../../../local/stand-ins/cron/cron-schedule.ts';
import { createTimetable, type Timetable } from '../../../local/stand-ins/cron/timetable.ts';

function schedule(text: string): Schedule {
  const parsed = parseSchedule(text);
  if (!parsed) throw new Error(`no schedule: ${text}`);
  return parsed;
}

/** A time of Monday, 23 November 2026, in GMT. */
function at(time: string): Date {
  return new Date(`2026-11-23T${time}Z`);
}

function isDue(timetable: Timetable, text: string, time: string): boolean {
  return timetable.due([{ jobid: '1', schedule: schedule(text) }], at(time)).length === 1;
}

describe('a schedule', () => {
  test.each([
    ['*/5 * * * *', '2026-11-23T10:05:00Z', true],
    ['*/5 * * * *', '2026-11-23T10:06:00Z', false],
    ['30 3 * * *', '2026-11-23T03:30:00Z', true],
    ['30 3 * * *', '2026-11-23T04:30:00Z', false],
    ['0 12 * * mon-fri', '2026-11-23T12:00:00Z', true],
    ['0 12 * * 7', '2026-11-22T12:00:00Z', true],
    ['0 0 13 * 5', '2026-11-27T00:00:00Z', true],
    ['0 0 13 * 5', '2026-12-13T00:00:00Z', true],
    ['0 0 */2 * 1', '2026-11-23T00:00:00Z', true],
    ['0 0 */2 * 1', '2026-11-25T00:00:00Z', false],
    ['@daily', '2026-11-24T00:00:00Z', true],
  ])('%s at %s: %s', (text, minute, expected) => {
    const parsed = schedule(text);
    expect(parsed.kind === 'minutes' && parsed.matches(new Date(minute))).toBe(expected);
  });

  test.each([['1 second', 1], ['59 seconds', 59]])('%s is an interval', (text, seconds) => {
    expect(parseSchedule(text)).toEqual({ kind: 'interval', seconds });
  });

  it.each(['now and then', '0 seconds', '60 seconds', '61 * * * *', '* * * *', '* * * * * *', ''])(
    'is not: %s',
    (text) => {
      expect(parseSchedule(text)).toBeNull();
    },
  );
});

describe('a job by the minute', () => {
  it('is due once in its minute, at the first check in it', () => {
    const timetable = createTimetable(at('10:04:58.000'));
    expect(isDue(timetable, '*/5 * * * *', '10:04:59.999')).toBe(false);
    expect(isDue(timetable, '*/5 * * * *', '10:05:00.003')).toBe(true);
    timetable.finished('1');
    expect(isDue(timetable, '*/5 * * * *', '10:05:01.002')).toBe(false);
    expect(isDue(timetable, '*/5 * * * *', '10:06:00.000')).toBe(false);
  });

  it('is not due for the minute in which the scheduler started, nor for those before', () => {
    const timetable = createTimetable(at('10:05:01.000'));
    expect(isDue(timetable, '*/5 * * * *', '10:05:02.000')).toBe(false);
    expect(isDue(timetable, '*/5 * * * *', '10:06:00.000')).toBe(false);
  });

  it('is skipped in minutes without a check', () => {
    const timetable = createTimetable(at('10:04:00.000'));
    expect(isDue(timetable, '*/5 * * * *', '10:31:00.000')).toBe(false);
    expect(isDue(timetable, '*/5 * * * *', '10:35:00.000')).toBe(true);
  });

  it('is not due again when the clock is set back', () => {
    const timetable = createTimetable(at('10:04:00.000'));
    expect(isDue(timetable, '*/5 * * * *', '10:05:00.000')).toBe(true);
    timetable.finished('1');
    expect(isDue(timetable, '*/5 * * * *', '10:04:59.900')).toBe(false);
    expect(isDue(timetable, '*/5 * * * *', '10:05:00.900')).toBe(false);
  });

  it('that is still running at its next minute runs again immediately after', () => {
    const timetable = createTimetable(at('10:00:00.000'));
    expect(isDue(timetable, '* * * * *', '10:01:00.000')).toBe(true);
    expect(isDue(timetable, '* * * * *', '10:02:00.000')).toBe(false);
    timetable.finished('1');
    expect(isDue(timetable, '* * * * *', '10:02:30.000')).toBe(true);
    timetable.finished('1');
    expect(isDue(timetable, '* * * * *', '10:02:31.000')).toBe(false);
  });
});

describe('a job by the interval', () => {
  it('is due an interval after it was first seen and after each start', () => {
    const timetable = createTimetable(at('10:00:00.000'));
    const due: string[] = [];
    for (const second of ['01', '02', '03', '04', '05', '06', '07']) {
      if (isDue(timetable, '2 seconds', `10:00:${second}.001`)) due.push(second);
      timetable.finished('1');
    }
    expect(due).toEqual(['03', '05', '07']);
  });

  it('that took several intervals runs once immediately after, then at its interval', () => {
    const timetable = createTimetable(at('10:00:00.000'));
    expect(isDue(timetable, '2 seconds', '10:00:00.000')).toBe(false);
    expect(isDue(timetable, '2 seconds', '10:00:02.000')).toBe(true);
    expect(isDue(timetable, '2 seconds', '10:00:09.000')).toBe(false);
    timetable.finished('1');
    expect(isDue(timetable, '2 seconds', '10:00:10.000')).toBe(true);
    timetable.finished('1');
    expect(isDue(timetable, '2 seconds', '10:00:11.000')).toBe(false);
    expect(isDue(timetable, '2 seconds', '10:00:12.000')).toBe(true);
  });

  it('runs on time beside a job that never ends', () => {
    const timetable = createTimetable(at('10:00:00.000'));
    const jobs = ['1', '2'].map((jobid) => ({ jobid, schedule: schedule('1 second') }));
    timetable.due(jobs, at('10:00:00.000'));
    expect(timetable.due(jobs, at('10:00:01.000'))).toEqual(jobs);
    timetable.finished('2');
    expect(timetable.due(jobs, at('10:00:02.000'))).toEqual([jobs[1]]);
  });
});
