import { SegmentedMessage } from 'sms-segments-calculator';
import type { Enums } from '../database.types.ts';

/** The encoding of a text and the number of segments that are billed for it. */
export type SegmentCount = { encoding: Enums<'sms_encoding'>; segments: number };

/**
 * Counts segments as providers bill them: 160 characters of GSM-7 or 70 of UCS-2 in a single one,
 * 153 or 67 in each of several. One character outside GSM-7 makes the whole text UCS-2.
 */
export function countSegments(text: string): SegmentCount {
  const { encodingName, segmentsCount } = new SegmentedMessage(text);
  return { encoding: encodingName, segments: segmentsCount };
}
