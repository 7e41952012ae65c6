import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../../local/setup/paths.ts';

const TOKENS = await readFile(join(projectRoot, 'dashboard/src/styles/tokens.css'), 'utf8');

/** How linear red, green and blue are seen (Machado, Oliveira and Fernandes 2009, severity 1). */
const VISIONS = {
  'every colour': [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  'no red': [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  'no green': [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  'no blue': [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const;

/** From this difference on (CIE 1976), nobody takes two colours for one. */
const DISTINCT = 20;

type Triple = readonly [number, number, number];

const times = (matrix: readonly Triple[], [x, y, z]: Triple) =>
  matrix.map(([a, b, c]) => a * x + b * y + c * z) as unknown as Triple;

/** The linear colour of a token in the light or the dark scheme. */
function colourOf(name: string, scheme: 0 | 1): Triple {
  const [, light = '', dark = ''] =
    new RegExp(`--${name}: light-dark\\(#(\\w{6}), #(\\w{6})\\)`).exec(TOKENS) ?? [];
  const hex = [light, dark][scheme] ?? '';
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return [r, g, b];
}

/** A linear colour in CIE L*a*b*. */
function labOf(linear: Triple): Triple {
  const clamped = linear.map((value) => Math.min(Math.max(value, 0), 1)) as unknown as Triple;
  const [x, y, z] = times([
    [0.4124 / 0.95047, 0.3576 / 0.95047, 0.1805 / 0.95047],
    [0.2126, 0.7152, 0.0722],
    [0.0193 / 1.08883, 0.1192 / 1.08883, 0.9505 / 1.08883],
  ], clamped).map((value) =>
    value > 216 / 24389 ? Math.cbrt(value) : (24389 / 27 * value + 16) / 116
  ) as unknown as Triple;
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const SERIES = ['chart-good', 'chart-warn', 'chart-bad'];
const PAIRS = SERIES.flatMap((one, index) => SERIES.slice(index + 1).map((other) => [one, other]));

test.each(Object.entries(VISIONS))(
  'the series of a chart are distinct for people who see %s',
  (_, vision) => {
    for (const scheme of [0, 1] as const) {
      for (const [one = '', other = ''] of PAIRS) {
        const [a, b] = [one, other].map((name) => labOf(times(vision, colourOf(name, scheme))));
        const difference = Math.hypot(...(a ?? []).map((value, axis) => value - (b?.[axis] ?? 0)));
        expect(difference, `${one}, ${other}, ${['light', 'dark'][scheme]}`)
          .toBeGreaterThan(DISTINCT);
      }
    }
  },
);
