/** What a document refers to; code blocks hold commands, but neither headings nor links. */
export interface MarkdownDocument {
  /** Targets as they are written, such as `docs/sync.md#backfill`. */
  links: string[];
  /** The anchors that GitHub gives its headings. */
  anchors: Set<string>;
  /** The names in `npm run <name>`. */
  scripts: string[];
}

const FENCED_CODE = /^ *(```|~~~)[^\n]*\n[\s\S]*?^ *\1 *$/gm;
const INLINE_CODE = /`[^`\n]*`/g;
const HEADING = /^#{1,6} +(.+?) *#*$/gm;
const LINK = /\]\(([^()\s]+)(?: +"[^"]*")?\)/g;
const SCRIPT = /\bnpm run ([\w:-]*\w)/g;

/** Reads a document. */
export function parseMarkdown(text: string): MarkdownDocument {
  const prose = text.replaceAll(FENCED_CODE, '');
  return {
    links: captures(prose.replaceAll(INLINE_CODE, ''), LINK),
    anchors: anchorsOf(captures(prose, HEADING)),
    scripts: captures(text, SCRIPT),
  };
}

function captures(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, captured = '']) => captured);
}

/** GitHub numbers headings that have the same text. */
function anchorsOf(headings: string[]): Set<string> {
  const anchors = new Set<string>();
  for (const heading of headings) {
    const anchor = anchorOf(heading);
    let unique = anchor;
    for (let count = 1; anchors.has(unique); count++) unique = `${anchor}-${count}`;
    anchors.add(unique);
  }
  return anchors;
}

function anchorOf(heading: string): string {
  const text = heading.replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1');
  return text.toLowerCase().replaceAll(/[^\p{L}\p{M}\p{N}_\- ]/gu, '').replaceAll(' ', '-');
}
