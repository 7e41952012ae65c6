/**
 * A phone number as it is read out: a Polish one without the country code, in groups of three. Others
 * stay as they were typed.
 */
export function phoneText(phone: string): string {
  const compact = phone.replaceAll(/[\s().-]/g, '');
  const [, first, second, third] = /^(?:\+48|0048|48)?([1-9]\d\d)(\d{3})(\d{3})$/.exec(compact) ??
    [];
  return third === undefined ? phone.trim() : `${first} ${second} ${third}`;
}
