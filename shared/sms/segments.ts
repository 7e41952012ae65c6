import { SegmentedMessage } from 'sms-segments-calculator';

/** How a text travels and how many messages it is billed as. */
export type SegmentCount = { encoding: 'GSM-7' | 'UCS-2'; segments: number };

/**
 * Counts as providers bill: 160 characters of GSM-7 or 70 of UCS-2 in one message, 153 or 67 in
 * each of several. One character outside GSM-7 makes the whole text UCS-2.
 */
export function countSegments(text: string): SegmentCount {
  const { encodingName, segmentsCount } = new SegmentedMessage(text);
  return { encoding: encodingName, segments: segmentsCount };
}
