import { readFile, stat } from 'node:fs/promises';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { namesIn } from './names.ts';
import { PLANTED_FILE } from './run-tests.ts';

/** Runs the test files that name what the planted file defines first, and small ones before large ones. */
export class TellingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const names = await namesIn(process.env[PLANTED_FILE] ?? '');
    const ranked = await Promise.all(files.map(async (file) => {
      const text = await readFile(file.moduleId, 'utf8');
      const isTelling = names.some((name) => text.includes(name));
      return { file, isTelling, size: (await stat(file.moduleId)).size };
    }));
    return ranked
      .toSorted((a, b) => Number(b.isTelling) - Number(a.isTelling) || a.size - b.size)
      .map(({ file }) => file);
  }
}
