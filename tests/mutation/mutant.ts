/** One small mistake that can be planted in a file of the project. */
export interface Mutant {
  /** Relative to the project, with slashes. */
  path: string;
  /** What kind of mistake it is, such as `drop a condition`. */
  rule: string;
  /** Offsets of the text that is replaced. */
  start: number;
  end: number;
  replacement: string;
}

/** How a mutant reads in reports and in the list of explained survivors. */
export interface Description {
  path: string;
  /** Counted from 1. */
  line: number;
  rule: string;
  /** The changed lines, with single spaces. */
  before: string;
  after: string;
}

/** The text of the file with the mistake in it. */
export function plantIn(text: string, { start, end, replacement }: Mutant): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

/** Describes a mutant of a file with this text. */
export function describe(mutant: Mutant, text: string): Description {
  const from = text.lastIndexOf('\n', mutant.start - 1) + 1;
  const lineEnd = text.indexOf('\n', mutant.end);
  const to = lineEnd === -1 ? text.length : lineEnd;
  const lines = text.slice(from, to);
  const planted = plantIn(text, mutant).slice(from, to + mutant.replacement.length);
  return {
    path: mutant.path,
    line: text.slice(0, mutant.start).split('\n').length,
    rule: mutant.rule,
    before: squeeze(lines),
    after: squeeze(planted.slice(0, lines.length + lengthChange(mutant))),
  };
}

const lengthChange = ({ start, end, replacement }: Mutant) => replacement.length - (end - start);

const squeeze = (text: string) => text.replaceAll(/\s+/g, ' ').trim();
