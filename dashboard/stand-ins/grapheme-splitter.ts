/**
 * Replaces `grapheme-splitter`, with which sms-segments-calculator finds the characters that must
 * not be split between two segments: browsers know them, so its tables would be loaded for nothing.
 */
export default class GraphemeSplitter {
  splitGraphemes(text: string): string[] {
    return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
  }
}
