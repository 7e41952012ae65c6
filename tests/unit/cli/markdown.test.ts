import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '../../../cli/check/markdown.ts';

describe('a document', () => {
  it('lists its links and images, without titles', () => {
    const { links } = parseMarkdown('[a](docs/a.md#b) ![c](c.png "C") [d](https://d.example)');
    expect(links).toEqual(['docs/a.md#b', 'c.png', 'https://d.example']);
  });

  it('has no links or headings in code', () => {
    const { links, anchors } = parseMarkdown('`[a](b)`\n\n```sh\n# heading\n[c](d)\n```\n');
    expect(links).toEqual([]);
    expect(anchors.size).toBe(0);
  });

  it('continues after a code block in a list item', () => {
    const { links } = parseMarkdown('1. a\n\n   ```sh\n   b\n   ```\n\n2. [c](d)\n');
    expect(links).toEqual(['d']);
  });

  it('has the anchors of GitHub', () => {
    const { anchors } = parseMarkdown(
      '# Why was a reminder *not* sent?\n## `npm run x`\n## Użycie [linku](a.md)\n## Limits\n## Limits',
    );
    expect([...anchors]).toEqual([
      'why-was-a-reminder-not-sent',
      'npm-run-x',
      'użycie-linku',
      'limits',
      'limits-1',
    ]);
  });

  it('names commands, also in code', () => {
    const { scripts } = parseMarkdown('`npm run check`.\n```sh\nnpm run test:unit -- a\n```\n');
    expect(scripts).toEqual(['check', 'test:unit']);
  });
});
