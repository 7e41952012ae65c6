const E164_PATTERN = /^(\+\d{2})\d{4,}(\d{3})$/;

/** A phone number for logs: `+48•••••200`. Anything but an E.164 number is hidden completely. */
export function maskPhone(e164: string): string {
  const [, start = '', end = ''] = E164_PATTERN.exec(e164) ?? [];
  return `${start}•••••${end}`;
}
