/**
 * The plainest reading of an archive, for measuring against: no doubles, no people, no cleaning.
 *
 * In: the archive's folder. Out: the text under every message header found, file by file.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const HEADER = /^> \d{2}:\d{2}:\d{2} /;

export function* readTexts(archive: string): Iterable<string> {
  const files = readdirSync(archive, { recursive: true, encoding: 'utf8' }).sort();
  for (const file of files) {
    if (/\.(md|markdown)$/.test(file)) yield* textsOfMarkdown(readFileSync(join(archive, file), 'utf8'));
    if (file.endsWith('.jsonl')) yield* textsOfJsonLines(readFileSync(join(archive, file), 'utf8'));
  }
}

function textsOfMarkdown(transcript: string): readonly string[] {
  const texts: string[][] = [];
  for (const line of transcript.split('\n')) {
    if (HEADER.test(line)) texts.push([]);
    else texts.at(-1)?.push(line);
  }
  return texts.map((lines) => lines.join('\n').trim());
}

function textsOfJsonLines(transcript: string): readonly string[] {
  return transcript.split('\n').flatMap((line) => {
    const content = /"content":\s*("(?:[^"\\]|\\.)*")/.exec(line)?.[1];
    return content === undefined ? [] : [JSON.parse(content) as string];
  });
}

const QUESTION = /[?？]\s*$/;
/** Shorter ones ask nothing by themselves, longer ones nobody types. */
const SHORTEST = 6;
const LONGEST = 60;

/** Questions people asked each other, spread evenly over the archive; the same ones each time. */
export function sampleQuestions(texts: Iterable<string>, count: number): readonly string[] {
  const questions = [...texts].filter((text) => QUESTION.test(text) && text.length >= SHORTEST && text.length <= LONGEST);
  const step = Math.max(1, questions.length / count);
  return Array.from({ length: Math.min(count, questions.length) }, (_, i) => questions[Math.floor(i * step)] ?? '');
}
