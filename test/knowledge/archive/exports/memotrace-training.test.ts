/** Exports that lose who spoke are recognised and refused with what to do instead. */
import { expect, it } from 'vitest';
import { UnreadableExport } from '../../../../knowledge/archive/formats/export-format.js';
import { memotraceAiText, memotraceTraining } from '../../../../knowledge/archive/formats/memotrace-training.js';
import { readFixture } from './export-for-test.js';

it.each([
  [memotraceAiText, 'memotrace-ai-text/chat.txt', /no times.*CSV/],
  [memotraceTraining, 'memotrace-training/train.json', /not who of a group spoke.*CSV/],
] as const)('$id', async (format, file, why) => {
  await expect(readFixture(format, file)).rejects.toThrow(UnreadableExport);
  await expect(readFixture(format, file)).rejects.toThrow(why);
});
