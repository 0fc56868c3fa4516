/** What is quoted: people's own words, at the place that is given, in a shape a reader can take in. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { mask } from '../../knowledge/answer/mask.js';
import { type Answer, type Knowledge, openKnowledge, type Quote } from '../../knowledge/index.js';
import { tidy } from '../../knowledge/text/clean.js';
import { readGold } from '../../scripts/eval/gold.js';
import { sharedData } from '../shared.js';
import { answeredByFirst3, openSample, SAMPLE, SAMPLE_GOLD } from './sample-for-test.js';

const shared = sharedData();

/** What a transcript says at an address, tidied: read without the program's own reader. */
function sourcesOf(archive: string): (quote: Quote) => string {
  const files = new Map<string, readonly string[]>();
  return ({ file, line }) => {
    const lines = files.get(file) ?? readFileSync(join(archive, file), 'utf8').split('\n');
    files.set(file, lines);
    const header = lines[line - 1] ?? '';
    if (header.startsWith('{')) return tidy(String(JSON.parse(header).content));
    expect(header).toMatch(/^> \d\d:\d\d:\d\d/);
    const rest = lines.slice(line);
    const end = rest.findIndex((one) => /^> \d\d:\d\d:\d\d/.test(one));
    return tidy(rest.slice(0, end === -1 ? rest.length : end).join('\n'));
  };
}

/** The quotes that do not stand in their source, ellipses at their ends and masks aside. */
function invented(answer: Answer, sourceOf: (quote: Quote) => string): readonly string[] {
  return answer.excerpts.flatMap(({ quotes }) =>
    quotes.flatMap((quote) => {
      const source = mask(sourceOf(quote));
      const { text } = quote;
      const pieces = [text, text.replace(/^…/, ''), text.replace(/…$/, ''), text.replace(/^…|…$/g, '')];
      return pieces.some((piece) => source.includes(piece)) ? [] : [`${quote.file}:${quote.line}: ${text}`];
    }),
  );
}

function expectShape({ excerpts }: Answer): void {
  expect(excerpts.length).toBeLessThanOrEqual(10);
  const scores = excerpts.map(({ score }) => score);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  const shown = excerpts.flatMap(({ quotes }) => quotes.map(({ file, line }) => `${file}:${line}`));
  expect(new Set(shown).size).toBe(shown.length);
  for (const { quotes, addresses, from, to, date, time, confidence, messages, people } of excerpts) {
    expect(quotes.length).toBeGreaterThan(0);
    expect(quotes.length).toBeLessThanOrEqual(4);
    const times = quotes.map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(Math.min(...times)).toBeGreaterThanOrEqual(from);
    expect(Math.max(...times)).toBeLessThanOrEqual(to);
    expect([quotes[0]?.date, quotes[0]?.time]).toEqual([date, time]);
    expect(addresses.length).toBe(messages);
    expect(people).toBeGreaterThan(0);
    expect(people).toBeLessThanOrEqual(messages);
    expect(confidence).toBeGreaterThanOrEqual(0);
    expect(confidence).toBeLessThanOrEqual(1);
    for (const { text } of quotes) expect(text.length).toBeLessThanOrEqual(160);
  }
}

/** Pieces of what was said, as somebody might copy them into a question. */
function piecesOf(knowledge: Knowledge): fc.Arbitrary<string> {
  const keys = [...new Set([...knowledge.assignments()].map(({ thread }) => thread))];
  const piece = fc
    .tuple(fc.nat(keys.length - 1), fc.nat(), fc.nat(40), fc.integer({ min: 1, max: 20 }))
    .map(([key, which, from, length]) => {
      const quotes = knowledge.thread(keys[key] ?? '')?.quotes ?? [];
      return quotes[which % quotes.length]?.text.slice(from, from + length) ?? '';
    });
  return fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(' '));
}

describe('what is quoted from the sample', () => {
  const sourceOf = sourcesOf(SAMPLE);
  const gold = readGold(SAMPLE_GOLD);
  let sample: Knowledge;
  beforeAll(async () => {
    sample = await openSample();
  });

  it('is verbatim and well formed for every gold question', async () => {
    for (const { query } of [...gold.questions, ...gold.unanswerable]) {
      const answer = await sample.ask(query);
      expectShape(answer);
      expect(invented(answer, sourceOf)).toEqual([]);
    }
  });

  it('is verbatim and well formed for whatever words are asked', async () => {
    await fc.assert(
      fc.asyncProperty(piecesOf(sample), async (question) => {
        const answer = await sample.ask(question);
        expectShape(answer);
        expect(invented(answer, sourceOf)).toEqual([]);
      }),
    );
  });

  it('is verbatim in whole threads too', () => {
    for (const thread of new Set([...sample.assignments()].map((row) => row.thread))) {
      const quotes = sample.thread(thread)?.quotes ?? [];
      expect(quotes.filter((quote) => !mask(sourceOf(quote)).includes(quote.text)).map(({ text }) => text)).toEqual([]);
    }
  });

  it('never shows the phone number and the mail address that stand in it', async () => {
    const answers = [await sample.ask('联系人阿棠 电话 邮箱'), await sample.ask('简历发到哪里')];
    const text = JSON.stringify(answers);
    expect(text).not.toMatch(/13800000000|atang@|[^*]hr@/);
    expect(text).toContain('138****0000');
    expect(text).toContain('a***@example.com');
  });
});

describe.skipIf(shared === undefined)('what is quoted from the large archive beside the project', () => {
  const { archive = '', gold = '' } = shared ?? {};
  let knowledge: Knowledge;
  beforeAll(async () => {
    knowledge = await openKnowledge({ archive });
  }, 120_000);

  it('is verbatim and well formed for every gold question', { timeout: 120_000 }, async () => {
    const { questions, unanswerable } = readGold(gold);
    const sourceOf = sourcesOf(archive);
    for (const { query } of [...questions, ...unanswerable]) {
      const answer = await knowledge.ask(query);
      expectShape(answer);
      expect(invented(answer, sourceOf)).toEqual([]);
    }
  });

  it('is an answer within the first three excerpts for at least 0.58 of the gold questions (0.66 when written)', {
    timeout: 120_000,
  }, async () => {
    expect(await answeredByFirst3(knowledge, readGold(gold).questions)).toBeGreaterThanOrEqual(0.58);
  });

  it('is verbatim and well formed for whatever words are asked', { timeout: 120_000 }, async () => {
    const sourceOf = sourcesOf(archive);
    await fc.assert(
      fc.asyncProperty(piecesOf(knowledge), async (question) => {
        const answer = await knowledge.ask(question);
        expectShape(answer);
        expect(invented(answer, sourceOf)).toEqual([]);
      }),
    );
  });
});
