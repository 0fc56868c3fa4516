import { describe, expect, test } from 'vitest';
import { createConversation } from '../../../bot/conversation/conversation.js';
import { ANSWER_STAYS_OPEN } from '../../../bot/conversation/open-answers.js';
import { memberReplies, replies } from '../../../bot/reply/texts.js';
import { conversationWith, excerpt, type FakeKnowledge, fakeKnowledge, message, quote } from '../fakes.js';

const room = { id: 'room', topic: '群' };
const otherRoom = { id: 'other', topic: '别的群' };

/** Five threads that differ in a word; the second has sixty long messages. */
const excerpts = [1, 2, 3, 4, 5].map((n) => excerpt(`t${n}`, [quote(`第${n}段的原话`, { line: n })]));
const longThread = Array.from({ length: 60 }, (_, i) =>
  quote(`${i === 0 ? '第2段的原话' : `第${i + 1}句`}${'话'.repeat(90)}`, { line: i + 2 }),
);
const threads = {
  t1: { room: '群', people: 2, quotes: [quote('第1段的原话', { line: 1 }), quote('后来的回答', { line: 9 })] },
  t2: { room: '群', people: 2, quotes: longThread },
};

function setUp(knowledge: FakeKnowledge = fakeKnowledge(excerpts, threads), live = [room]) {
  let now = 0;
  const { reply } = createConversation(conversationWith(knowledge, live, () => now));
  return {
    knowledge,
    wait: (ms: number) => {
      now += ms;
    },
    say: async (text: string, overrides: Parameters<typeof message>[1] = {}) => (await reply(message(text, overrides))).bubbles,
  };
}

describe('a question in a room', () => {
  test('is answered in one bubble, from the rooms that belong to it', async () => {
    const { say, knowledge } = setUp();
    const bubbles = await say('@群史 怎么报销');
    expect(bubbles).toHaveLength(1);
    expect(bubbles[0]).toContain('第1段的原话');
    expect(knowledge.asked).toEqual([{ question: '怎么报销', rooms: ['群'] }]);
  });
  test('gets one honest sentence if nothing is good enough', async () => {
    const { say } = setUp(fakeKnowledge([]));
    expect(await say('@群史 怎么报销')).toEqual([`「怎么报销」\n${replies.nothingFound}\n${memberReplies.howToSubscribe}`]);
  });
  test('is not answered if the bot is not called, or called itself', async () => {
    const { say, knowledge } = setUp();
    expect(await say('怎么报销')).toEqual([]);
    expect(await say('@群史 怎么报销', { self: true })).toEqual([]);
    expect(knowledge.asked).toEqual([]);
  });
});

describe('calling the bot', () => {
  test('without a question, or for help, shows the help', async () => {
    const { say } = setUp();
    const [help] = await say('@群史');
    expect(help).toContain('@群史 加上问题');
    expect(await say('@群史 帮助')).toEqual([help]);
  });
});

describe('a call and its question in two messages', () => {
  test.each(['@群史', '@群史 在吗', '@群史 想请教一个问题'])(
    '%s, and within a minute the question without a call',
    async (call) => {
      const { say, wait, knowledge } = setUp();
      expect(await say(call)).toHaveLength(1);
      wait(30_000);
      expect(await say('好的')).toEqual([]);
      expect((await say('报销要等多久？'))[0]).toContain('第1段的原话');
      expect(await say('那谁来批？')).toEqual([]);
      expect(knowledge.asked).toEqual([{ question: '报销要等多久？', rooms: ['群'] }]);
    },
  );
  test('not of somebody else, to somebody else, about what is quoted, or after a minute', async () => {
    const { say, wait, knowledge } = setUp();
    await say('@群史 在吗');
    expect(await say('报销要等多久？', { sender: { id: 'bob', name: '阿哲' } })).toEqual([]);
    expect(await say('@阿哲 报销要等多久？')).toEqual([]);
    expect(await say('「阿哲：等三天」\n- - - - - - - - - - - - - - -\n要等多久？')).toEqual([]);
    wait(60_000);
    expect(await say('报销要等多久？')).toEqual([]);
    expect(knowledge.asked).toEqual([]);
  });
  test('a greeting is looked up nowhere, in a direct chat neither', async () => {
    const { say, knowledge } = setUp();
    expect(await say('@群史 你好')).toEqual([replies.listeningInRoom]);
    const { room: _, ...direct } = message('在吗？');
    const { reply } = createConversation(conversationWith(knowledge, [room], () => 0));
    expect((await reply(direct)).bubbles).toEqual([replies.listening]);
    expect(knowledge.asked).toEqual([]);
  });
});

test('what keeps something from others is done, however much its asker asked before', async () => {
  for (const verdict of ['tell', 'silent'] as const) {
    const options = conversationWith(fakeKnowledge(excerpts), [room], () => 0);
    let admitted: ReturnType<typeof options.admit> = 'answer';
    const { reply } = createConversation({ ...options, admit: () => admitted });
    const say = async (text: string) => (await reply(message(text))).bubbles;
    await say('@群史 怎么报销');
    admitted = verdict;
    expect(await say('1')).toEqual(verdict === 'tell' ? [replies.slowDown] : []);
    expect(await say('撤 1')).toEqual(verdict === 'tell' ? [memberReplies.hidden(1)] : []);
    expect(await say('停止收录')).toHaveLength(verdict === 'tell' ? 1 : 0);
    expect(options.state.hidden.all()).toEqual(['第1段的原话']);
    expect(options.state.optOuts.all()).toMatchObject([{ kind: 'unrecorded' }]);
  }
});

describe('a number', () => {
  test('shows the whole thread of that excerpt', async () => {
    const { say } = setUp();
    await say('@群史 怎么报销');
    const bubbles = await say('1');
    expect(bubbles).toHaveLength(1);
    expect(bubbles[0]).toContain('第1段的原话');
    expect(bubbles[0]).toContain('后来的回答');
    expect(bubbles[0]).toContain(replies.threadEnd);
  });
  test('from somebody without an answer of his own is talk', async () => {
    const { say } = setUp();
    await say('@群史 怎么报销');
    expect(await say('1', { sender: { id: 'bob', name: '阿哲' } })).toEqual([]);
    expect(await say('更多', { sender: { id: 'bob', name: '阿哲' } })).toEqual([]);
  });
  test('from the asker in another room is talk', async () => {
    const { say } = setUp(fakeKnowledge(excerpts, threads, ['群', '别的群']), [room, otherRoom]);
    await say('@群史 怎么报销');
    expect(await say('1', { room: otherRoom })).toEqual([]);
  });
  test('in reply to the answer of the bot opens it; in reply to somebody else, or among other words, it is talk', async () => {
    const { say } = setUp();
    const [answer] = await say('@群史 怎么报销');
    const reply = (to: string, words: string) => `「${to}」\n- - - - - - - - - - - - - - -\n${words}`;
    expect((await say(reply(`群史：${answer}`, '1')))[0]).toContain('后来的回答');
    expect((await say(reply(`群史：${answer}`, ' 更多 ')))[0]).toContain('【4】');
    expect(await say(reply('老许：选 1 还是 2', '1'))).toEqual([]);
    expect(await say(reply(`群史：${answer}`, '1 说得对'))).toEqual([]);
    expect(await say(reply(`群史：${answer}`, '怎么报销'))).toEqual([]);
  });
  test('that was not on the screen is talk, unless the bot is called', async () => {
    const { say } = setUp();
    await say('@群史 怎么报销');
    expect(await say('4')).toEqual([]);
    expect(await say('@群史 4')).toEqual([replies.noSuchExcerpt(3)]);
    expect(await say('展开 4')).toEqual([replies.noSuchExcerpt(3)]);
  });
  test('counts for ten minutes', async () => {
    const { say, wait } = setUp();
    await say('@群史 怎么报销');
    wait(ANSWER_STAYS_OPEN - 1);
    expect(await say('1')).toHaveLength(1);
    wait(ANSWER_STAYS_OPEN);
    expect(await say('1')).toEqual([]);
    expect(await say('@群史 1')).toEqual([replies.nothingOpen]);
  });
  test('counts for the last answer only, even if that found nothing', async () => {
    const knowledge = fakeKnowledge(excerpts, threads);
    const { say } = setUp({
      ...knowledge,
      ask: async (question, scope) => {
        const answer = await knowledge.ask(question, scope);
        return question === '没有的事' ? { ...answer, answered: false } : answer;
      },
    });
    await say('@群史 怎么报销');
    await say('@群史 没有的事');
    expect(await say('1')).toEqual([]);
  });
  test('does not show a thread that a reload has put in the place of the one that was shown', async () => {
    const { say } = setUp(
      fakeKnowledge(excerpts, { t1: { room: '群', people: 1, quotes: [quote('完全是别的事', { line: 77 })] } }),
    );
    await say('@群史 怎么报销');
    expect(await say('1')).toEqual([replies.archiveChanged]);
    expect(await say('2')).toEqual([replies.archiveChanged]);
  });
});

describe('更多', () => {
  test('shows the next excerpts, numbered on, until there are no more', async () => {
    const { say } = setUp();
    const [first] = await say('@群史 怎么报销');
    expect(first).toContain('【3】');
    expect(first).not.toContain('【4】');
    const [second] = await say('更多');
    expect(second).toContain('【4】');
    expect(second).toContain('第5段的原话');
    expect(await say('更多')).toEqual([replies.noMore]);
  });
  test('makes the numbers it shows usable', async () => {
    const { say } = setUp(
      fakeKnowledge(excerpts, { t4: { room: '群', people: 1, quotes: [quote('第4段的原话', { line: 4 })] } }),
    );
    await say('@群史 怎么报销');
    await say('更多');
    expect((await say('4'))[0]).toContain('第4段的原话');
  });
  test('goes on with a long thread, three bubbles at once, without a gap', async () => {
    const { say } = setUp();
    await say('@群史 怎么报销');
    const shown: string[] = [];
    for (let bubbles = await say('2'); shown.at(-1)?.includes(replies.threadEnd) !== true; bubbles = await say('更多')) {
      expect(bubbles.length).toBeLessThanOrEqual(3);
      expect(bubbles.length).toBeGreaterThan(0);
      shown.push(...bubbles);
    }
    const numbers = [...shown.join('\n').matchAll(/第(\d+)句/g)].map(([, n]) => Number(n));
    expect(numbers).toEqual(Array.from({ length: 59 }, (_, i) => i + 2));
  });
  test('goes back to the excerpts when the thread is read to its end', async () => {
    const { say } = setUp();
    await say('@群史 怎么报销');
    await say('1');
    expect((await say('更多'))[0]).toContain('【4】');
  });
});

describe('上文 and 下文', () => {
  test('turn the pages of the thread being read', async () => {
    const { say } = setUp();
    await say('@群史 怎么报销');
    const first = await say('2');
    const second = await say('下文');
    expect(second).not.toEqual(first);
    expect(await say('上文')).toEqual(first);
    expect(await say('上文')).toEqual([replies.atTheStart]);
    expect(await say('下文')).toEqual(second);
  });
  test('say so if no thread is open', async () => {
    const { say } = setUp();
    await say('@群史 怎么报销');
    expect(await say('下文')).toEqual([replies.notReading]);
  });
});

describe('the wall between rooms', () => {
  test('a room without an archive is told so once, and gets nothing', async () => {
    const { say, knowledge } = setUp(fakeKnowledge(excerpts, threads), [room, otherRoom]);
    expect(await say('@群史 怎么报销', { room: otherRoom })).toEqual([replies.noArchive]);
    expect(await say('@群史 怎么报销', { room: otherRoom })).toEqual([]);
    expect(knowledge.asked).toEqual([]);
  });
  test('an open answer is of no use any more once the room has lost its archive', async () => {
    const live = [room];
    const { say } = setUp(fakeKnowledge(excerpts, threads), live);
    await say('@群史 怎么报销');
    live.push({ id: 'impostor', topic: '群' });
    expect(await say('1')).toEqual([replies.noArchive]);
  });
});
