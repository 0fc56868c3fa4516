/** What holds for every digest of whole archives: the sample, and the large one beside the project. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { mask } from '../../knowledge/answer/mask.js';
import { addDays, type Digest, digestWindow, type Knowledge, openKnowledge, type Quote } from '../../knowledge/index.js';
import { tidy } from '../../knowledge/text/clean.js';
import { type DayMessage, digestDays, digestFigures } from '../../scripts/eval/digests.js';
import { readGold } from '../../scripts/eval/gold.js';
import { runs } from '../properties.js';
import { sharedData } from '../shared.js';
import { everyMessage } from './kept-archive.js';
import { MAIN_ROOM, openSample, SAMPLE } from './sample-for-test.js';

const shared = sharedData();
const ZONE = 'Asia/Shanghai';

/** Everything a file says, without white space: wherever a piece of it stands, it is found. */
function wordsIn(archive: string): (file: string) => string {
  const files = new Map<string, string>();
  return (file) => {
    const text = files.get(file) ?? readFileSync(join(archive, file), 'utf8');
    const said = file.endsWith('.jsonl') ? text.split('\n').map(contentOf).join('\n') : text;
    files.set(file, text);
    return squeezed(mask(tidy(said)));
  };
}

function contentOf(line: string): string {
  return line === '' ? '' : String(JSON.parse(line).content ?? '');
}

const squeezed = (text: string) => text.replace(/\s+/g, '');
const piece = (text: string) => squeezed(text.replace(/^…|…$/g, ''));

function expectWhole(digest: Digest, wordsOf: (file: string) => string): void {
  const { messages, people, hours, topics, unanswered, links, speakers, rising, from, to } = digest;
  expect(hours.reduce((sum, one) => sum + one, 0)).toBe(messages);
  expect(speakers.reduce((sum, one) => sum + one.messages, 0)).toBeLessThanOrEqual(messages);
  expect(speakers.length).toBe(Math.min(5, people));
  expect([topics.length <= 5, unanswered.length <= 5]).toEqual([true, true]);
  expect(topics.reduce((sum, topic) => sum + topic.messages, 0)).toBeLessThanOrEqual(messages);
  expect(new Set(topics.map(({ thread }) => thread)).size).toBe(topics.length);
  const quotes: Quote[] = [...topics.flatMap((topic) => topic.quotes), ...unanswered, ...links.map(({ by }) => by)];
  for (const quote of quotes) {
    expect(wordsOf(quote.file)).toContain(piece(quote.text));
    expect(quote.at >= from && quote.at < to).toBe(true);
  }
  for (const topic of topics) {
    expect(topic.addresses.length).toBe(topic.messages);
    expect(topic.people).toBeLessThanOrEqual(people);
    expect(topic.quotes.length === 1 || topic.quotes.length === 2).toBe(true);
    expect(topic.title.length).toBeGreaterThan(0);
    expect(topic.title.length).toBeLessThanOrEqual(42);
    expect(topic.quotes.some(({ file }) => wordsOf(file).includes(piece(topic.title)))).toBe(true);
    const places = new Set(topic.addresses.map(({ file, line }) => `${file}:${line}`));
    for (const { file, line } of topic.quotes) expect(places.has(`${file}:${line}`)).toBe(true);
  }
  const urls = links.map(({ url }) => url);
  expect(new Set(urls.filter((url) => url !== undefined)).size).toBe(urls.filter((url) => url !== undefined).length);
  for (const { times, before } of rising) expect(times > 0 && before >= 0).toBe(true);
}

describe('every digest of the sample', () => {
  const wordsOf = wordsIn(SAMPLE);
  let sample: Knowledge;
  beforeAll(async () => {
    sample = await openSample();
  });

  it('holds only what stands in the archive, and its counts add up, for any day and week', () => {
    fc.assert(
      fc.property(
        fc.nat(25),
        fc.constantFrom(1, 7),
        fc.subarray([...sample.summary().rooms], { minLength: 1 }),
        (after, days, rooms) => {
          const date = addDays('2025-03-01', after);
          expectWhole(sample.digest({ rooms, ...digestWindow(ZONE, date, days), days }), wordsOf);
        },
      ),
    );
  });

  it('counts each message in one day', () => {
    const of = (days: number, date: string) =>
      sample.digest({ rooms: [MAIN_ROOM], ...digestWindow(ZONE, date, days), days }).messages;
    const single = Array.from({ length: 7 }, (_, i) => of(1, addDays('2025-03-10', i)));
    expect(of(7, '2025-03-10')).toBe(single.reduce((sum, one) => sum + one, 0));
  });
});

describe.skipIf(shared === undefined)('every digest of the large archive beside the project', () => {
  const { archive = '', gold = '' } = shared ?? {};
  let knowledge: Knowledge;
  beforeAll(async () => {
    knowledge = await openKnowledge({ archive });
  }, 180_000);

  it('holds only what stands in the archive, and its counts add up', { timeout: 120_000 }, () => {
    const wordsOf = wordsIn(archive);
    fc.assert(
      fc.property(fc.nat(275), fc.constantFrom('proddev', 'prodarch'), (after, room) => {
        const window = digestWindow(ZONE, addDays('2017-05-05', after));
        expectWhole(knowledge.digest({ rooms: [room], ...window, days: 1 }), wordsOf);
      }),
      runs(40),
    );
  });

  it('tells of at least 0.77 of the larger gold conversations (0.80 when written), of none twice and of no noise', () => {
    const messages = new Map<string, DayMessage>();
    for (const { place, ...message } of everyMessage(knowledge)) {
      const [file, line] = place.split(':');
      messages.set(`${line} ${file}`, message);
    }
    const days = digestDays(readGold(gold).days, messages, (room, from, to) =>
      knowledge.digest({ rooms: [room], from, to, days: 1 }),
    );
    const figures = digestFigures(days);
    expect(figures.covered).toBeGreaterThanOrEqual(0.77);
    expect([figures.twice, figures.noise]).toEqual([0, 0]);
  });
});
