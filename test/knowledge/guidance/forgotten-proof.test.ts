/** The most frequent speakers of a large real archive, forgotten: nothing of them is left in 200 answers and 8 digests. */
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { digestWindow, type Knowledge, openKnowledge, type Quote } from '../../../knowledge/index.js';
import { readGold } from '../../../scripts/eval/gold.js';
import { readJsonLines } from '../../../scripts/json-lines.js';
import { sharedData } from '../../shared.js';
import { everyQuote, personOf, shownByAnswer, shownByDigest, tracesIn } from './traces-for-test.js';

const shared = sharedData();
const QUESTIONS = 200;
const SPEAKERS = 4;
/** Questions whose answers quote each of them, before. */
const ENOUGH = 40;
const ZONE = 'Asia/Shanghai';

function questionsAbout(gold: string): readonly string[] {
  const { questions, unanswerable } = readGold(gold);
  const further = join(import.meta.dirname, '../../../scripts/training/questions/questions.jsonl');
  const more = readJsonLines(further, z.object({ query: z.string() }));
  return [...questions, ...unanswerable, ...more].slice(0, QUESTIONS).map(({ query }) => query);
}

/** Rooms and dates of the days of which people noted who talked to whom. */
function goldDays(gold: string): readonly { readonly room: string; readonly date: string }[] {
  return readGold(gold).days.map(({ file }) => ({
    room: file.split('/')[0] ?? '',
    date: /\d{4}-\d{2}-\d{2}/.exec(file)?.[0] ?? '',
  }));
}

describe.skipIf(!shared)('the most frequent speakers of a real archive', () => {
  let knowledge: Knowledge;
  let before: readonly Quote[];
  beforeAll(async () => {
    knowledge = await openKnowledge({ archive: shared?.archive ?? '' });
    before = everyQuote(knowledge);
  }, 120_000);

  it('once forgotten are not quoted, counted or named in 200 answers and 8 digests', async () => {
    const { rooms } = knowledge.summary();
    const uses = new Map<string, number>();
    for (const { speaker } of before) uses.set(speaker, (uses.get(speaker) ?? 0) + 1);
    const printed = [...uses].sort((a, b) => b[1] - a[1]).map(([name]) => name);
    const known = (await Promise.all(printed.map((name) => knowledge.whoIs({ rooms, names: [name] })))).filter(
      (one) => one !== undefined,
    );
    const frequent = [...new Map(known.map((who) => [who.names.join('\n'), who])).values()].slice(0, SPEAKERS);
    expect(frequent.length).toBe(SPEAKERS);
    const people = frequent.map(({ names }) => personOf(before, names));
    const questions = questionsAbout(shared?.gold ?? '');
    const traces = async (asked: readonly string[]): Promise<readonly (readonly string[])[]> => {
      const answers = await Promise.all(asked.map((question) => knowledge.ask(question)));
      const shown = answers.map(shownByAnswer);
      return people.map((person) => shown.flatMap((one) => tracesIn(one, person)));
    };
    const days = goldDays(shared?.gold ?? '');
    const digests = () =>
      days.map(({ room, date }) => knowledge.digest({ rooms: [room], days: 1, ...digestWindow(ZONE, date, 1) }));
    const tracesInDigests = () => people.map((person) => digests().flatMap((one) => tracesIn(shownByDigest(one), person)));
    for (const found of await traces(questions.slice(0, ENOUGH))) expect(found.length).toBeGreaterThan(0);
    expect(tracesInDigests().flat().length).toBeGreaterThan(days.length);
    const heardBefore = digests().map((one) => one.messages);
    expect(days.length).toBe(8);
    const { messages, speakers } = knowledge.figures();
    // By one name each, as somebody asks who does not know under which others he stands in the archive.
    const forgotten = frequent.map(({ names }) => ({ rooms, names: names.slice(0, 1) }));
    knowledge.heed({ forgotten, hidden: [], judgements: [] });
    expect(await traces(questions)).toEqual(people.map(() => []));
    expect(tracesInDigests()).toEqual(people.map(() => []));
    const heardAfter = digests().map((one) => one.messages);
    expect(heardAfter.every((count, i) => count > 0 && count <= (heardBefore[i] ?? 0))).toBe(true);
    expect(heardAfter).not.toEqual(heardBefore);
    const said = frequent.reduce((sum, who) => sum + who.messages, 0);
    expect(knowledge.figures()).toMatchObject({ messages: messages - said, speakers: speakers - SPEAKERS });
    const all = everyQuote(knowledge);
    expect(all.filter(({ speaker }) => frequent.some(({ names }) => names.includes(speaker)))).toEqual([]);
  }, 300_000);
});
