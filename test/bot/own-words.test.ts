/** What is said to the bot and by it is kept, and is no talk: it is never found, never quoted, and divides no conversation. */
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Chat, IncomingMessage, Listener } from '../../bot/chat/chat.js';
import { serve } from '../../bot/serve.js';
import { type Knowledge, openKnowledge } from '../../knowledge/index.js';
import { day, put } from '../knowledge/archive/archive-on-disk.js';
import { everyMessage, temporaryFolder } from '../knowledge/kept-archive.js';
import { DAY_AFTER, MAIN_ROOM, SAMPLE } from '../knowledge/sample-for-test.js';
import { message, quietly } from './fakes.js';

const ROOM = { id: 'room', topic: MAIN_ROOM };
const QUESTION = '激光 灭火器 干粉 二氧化碳';
const LIVE = `${MAIN_ROOM}/live/2025-03-24.jsonl`;
const MINUTE = 60_000;

interface Group {
  readonly archive: string;
  readonly knowledge: Knowledge;
  readonly sent: readonly string[];
  /** A minute later somebody says something; fulfilled when that is written down, and what the bot answers. */
  say(text: string, who?: string): Promise<void>;
  /** A minute goes by. */
  sayNothing(): void;
  /** As a program does that begins where this one was stopped. */
  restart(): Promise<Knowledge>;
}

async function groupOfSample(): Promise<Group> {
  const [archive, snapshot] = [temporaryFolder(), temporaryFolder()];
  cpSync(SAMPLE, archive, { recursive: true });
  let now = DAY_AFTER;
  const open = async (): Promise<Knowledge> => {
    const opened = await openKnowledge({ archive, snapshot, now: () => now });
    onTestFinished(() => opened.close());
    return opened;
  };
  const knowledge = await open();
  const sent: string[] = [];
  let listener: Listener | undefined;
  const chat: Chat = {
    listen: (one) => {
      listener = one;
    },
    rooms: async () => [ROOM],
    members: async () => undefined,
    send: async (_, content) => void sent.push(String(content)),
    me: () => ({ id: 'me', name: '群史' }),
  };
  const service = serve({ ...quietly(), chat, knowledge, archive: knowledge, clock: () => now, log: pino({ level: 'silent' }) });
  return {
    ...{ archive, knowledge, sent },
    async say(text, who = '苏禾') {
      now += MINUTE;
      const said: Partial<IncomingMessage> = { id: `m${now}`, at: now, room: ROOM, sender: { id: `@${who}`, name: who } };
      await listener?.message(message(text, said));
      await service.flush();
      await new Promise(setImmediate);
      await knowledge.flush();
      // On a busy machine a question does not wait until everything is taken in.
      await vi.waitFor(async () => {
        await knowledge.ask(text);
        expect(placesOf(knowledge)).toHaveLength(written(archive).length);
      }, 4_000);
    },
    sayNothing() {
      now += MINUTE;
    },
    async restart() {
      await knowledge.settled();
      await knowledge.close();
      return open();
    },
  };
}

interface Kept {
  readonly content: string;
  readonly bot?: boolean;
  readonly timestamp: number;
  readonly accountName: string;
}

function written(archive: string): readonly Kept[] {
  const lines = readFileSync(join(archive, LIVE), 'utf8').trim().split('\n').slice(1);
  return lines.map((line) => JSON.parse(line) as Kept);
}

/** Every text that some question about it shows, and that the threads it opens show. */
async function shownFor(knowledge: Knowledge, questions: readonly string[]): Promise<readonly string[]> {
  const texts: string[] = [];
  for (const question of questions) {
    for (const { thread, quotes } of (await knowledge.ask(question)).excerpts) {
      texts.push(...quotes.map(({ text }) => text), ...(knowledge.thread(thread)?.quotes ?? []).map(({ text }) => text));
    }
  }
  return texts;
}
const ASKED_AGAIN = [QUESTION, `@群史 ${QUESTION}`, '"灭火器"', '"群里聊过"', '来自:群史', '来自:苏禾', '今天'];
const isOfTheBot = (text: string) => /@群史|群里聊过|^「|^1$|^更多$/.test(text);
const placesOf = (knowledge: Knowledge) =>
  [...knowledge.assignments()].filter(({ file }) => file === LIVE).map(({ line }) => line);

test('asked twice, the bot quotes neither the first call nor its first answer, after a reload and a restart too', async () => {
  const { archive, knowledge, sent, say, restart } = await groupOfSample();
  const { messages } = knowledge.summary();
  await say(`@群史 ${QUESTION}？`);
  await say('1');
  await say(`@群史 ${QUESTION}？`, '老许');
  expect(sent.length).toBeGreaterThanOrEqual(3);
  expect(sent[0]).toContain('二氧化碳');
  expect(sent.at(-1)).toBe(sent[0]);

  const kept = written(archive);
  expect(kept.map(({ content }) => content).sort()).toEqual([`@群史 ${QUESTION}？`, '1', `@群史 ${QUESTION}？`, ...sent].sort());
  expect(kept.every(({ bot }) => bot)).toBe(true);
  const isKeptUnseen = async (one: Knowledge) => {
    await one.ask(QUESTION);
    expect(one.summary().messages).toBe(messages + kept.length);
    expect(placesOf(one)).toEqual(kept.map((_, i) => i + 2));
    const shown = await shownFor(one, ASKED_AGAIN);
    expect(shown.some((text) => text.includes('二氧化碳'))).toBe(true);
    expect(shown.filter(isOfTheBot)).toEqual([]);
  };
  await isKeptUnseen(knowledge);
  await knowledge.reload();
  await isKeptUnseen(knowledge);
  await isKeptUnseen(await restart());
});

test('what people say among it is talk, though it quotes the bot or is a number that opens nothing', async () => {
  const { archive, knowledge, sent, say } = await groupOfSample();
  await say('1', '豆豆');
  await say(`@群史 ${QUESTION}？`);
  await say(`「群史：${sent[0]}」\n- - - - - - - - - - - - - - -\n干粉那罐我早就换成泡沫的了`, '老许');
  await say('「苏禾：@群史 怎么报名」\n- - - - - - - - - - - - - - -\n报名找阿棠就行的啦', '老许');
  const marked = written(archive).filter(({ bot }) => bot);
  expect(marked.map(({ content }) => content)).toEqual([`@群史 ${QUESTION}？`, ...sent]);
  const shown = await shownFor(knowledge, ['"早就换成泡沫"', '"找阿棠就行"', '来自:豆豆 今天']);
  expect(shown).toEqual(expect.arrayContaining(['干粉那罐我早就换成泡沫的了', '报名找阿棠就行的啦']));
  expect(shown.filter((text) => /@群史|群里聊过/.test(text))).toEqual([]);
});

test('the conversations of the group are the same with the bot in the middle of them as without', async () => {
  const talk = ['谁知道铜喷嘴哪家好？', '我用的是城南那家', '城南那家的铜喷嘴确实不错', '多少钱一个？', '十二块一个，买五送一'];
  const [alone, beside] = [await groupOfSample(), await groupOfSample()];
  for (const [i, text] of talk.entries()) {
    await alone.say(text, `成员${i % 2}`);
    await beside.say(text, `成员${i % 2}`);
    alone.sayNothing();
    await beside.say('@群史 城南的铜喷嘴多少钱？', '老许');
  }
  const conversations = async ({ knowledge }: Group) => {
    const { excerpts } = await knowledge.ask('"铜喷嘴"');
    return excerpts.map(({ thread, people, messages }) => ({
      ...{ people, messages },
      texts: knowledge.thread(thread)?.quotes.map(({ text }) => text),
    }));
  };
  const expected = await conversations(alone);
  expect(expected[0]?.texts).toContain(talk[2]);
  expect(await conversations(beside)).toEqual(expected);
});

test('an export of the same day, which does not know what is the bot’s, brings none of it back', async () => {
  const { archive, knowledge, say, restart } = await groupOfSample();
  const { messages, doubles } = knowledge.summary();
  await say(`@群史 ${QUESTION}？`);
  await say('城南那家的铜喷嘴确实不错', '老许');
  const kept = written(archive);
  const clock = (seconds: number) => new Date((seconds + 8 * 3600) * 1000).toISOString().slice(11, 19);
  const exported = kept.map(({ timestamp, accountName, content }) => [clock(timestamp), accountName, content] as const);
  // In the order of the files it comes before what was heard, so its copy stands for the message.
  put(archive, `${MAIN_ROOM}/_posts/2025-03-24-chat.markdown`, day(...exported));
  const isMerged = async (one: Knowledge) => {
    expect(one.summary()).toMatchObject({ messages: messages + kept.length, doubles: doubles + kept.length });
    const shown = await shownFor(one, [...ASKED_AGAIN, '"城南那家的铜喷嘴"']);
    expect(shown).toContain('城南那家的铜喷嘴确实不错');
    expect(shown.filter(isOfTheBot)).toEqual([]);
    expect(everyMessage(one).filter(({ text }) => text.includes(QUESTION))).toEqual([]);
  };
  await knowledge.reload();
  await isMerged(knowledge);
  await isMerged(await restart());
});

test('an export that was there first becomes the bot’s when what was heard comes beside it', async () => {
  const call = `@群史 ${QUESTION}？`;
  const [{ archive, knowledge, say }, spoken] = [await groupOfSample(), DAY_AFTER + MINUTE];
  const time = new Date(spoken + 8 * 3600_000).toISOString().slice(11, 19);
  put(archive, `${MAIN_ROOM}/_posts/2025-03-24-chat.markdown`, day([time, '苏禾', call]));
  await knowledge.reload();
  expect((await shownFor(knowledge, [`"${QUESTION}"`])).filter(isOfTheBot)).not.toEqual([]);
  await say(call);
  expect((await shownFor(knowledge, ASKED_AGAIN)).filter(isOfTheBot)).toEqual([]);
});
