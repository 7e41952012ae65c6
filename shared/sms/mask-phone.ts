const E164_PATTERN = /^(\+\d{2})\d{4,}(\d{3})$/;

/** A number people may see in a log: `+48•••••200`. What is no E.164 number is hidden wholly. */
export function maskPhone(e164: string): string {
  const [, start = '', end = ''] = E164_PATTERN.exec(e164) ?? [];
  return `${start}•••••${end}`;
}
