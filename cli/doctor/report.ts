import type { Finding } from './check.ts';

/** Whether nothing is wrong; what cannot be judged is not wrong. */
export const isWell = (findings: readonly Finding[]): boolean =>
  findings.every(({ ok }) => ok !== false);

/** The findings as a table to read, with the next step below each problem. */
export function describeFindings(targetName: string, findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  const indent = ' '.repeat(width + 4);
  const lines = findings.flatMap((finding) => {
    const name = finding.name.padEnd(width);
    if (finding.ok === true) return [`✓ ${name}  ${finding.detail}`];
    if (finding.ok === null) return [`– ${name}  not judged: ${finding.reason}`];
    return [`✗ ${name}  ${finding.problem}`, `${indent}→ ${finding.next}`];
  });
  const wrong = findings.filter(({ ok }) => ok === false).length;
  const end = wrong === 0 ? 'Nothing is wrong.' : `${wrong} of ${findings.length} checks failed.`;
  return [`Checked ${targetName}:`, ...lines, end].join('\n');
}
