/** What everybody may say. The name of a test is the command. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { memberReplies, replies } from '../../../bot/reply/texts.js';
import { ada, ben, boss, cai, dan, MAIN, MINUTE, OTHER, openGroup, person } from './group-for-test.js';

const QUESTION = '@群史 热床翘边怎么解决';

describe('@群史 question', () => {
  test('is answered in the room with what the room said', async () => {
    const { say, sent } = await openGroup();
    expect(await say(dan, QUESTION, MAIN)).toContain('涂胶棒');
    expect(sent[0]?.to).toEqual({ room: MAIN.id });
  });
  test('in a direct chat, without the mention, is answered from the rooms of the person, each with its name', async () => {
    const { say } = await openGroup();
    const answer = await say(ada, '热床翘边');
    expect(answer).toContain('涂胶棒');
    expect(answer).toContain('四万八');
    expect(answer).toContain(`】${MAIN.topic} · `);
    expect(answer).toContain(`】${OTHER.topic} · `);
    const own = await say(dan, '热床翘边');
    expect(own).toContain('涂胶棒');
    expect(own).not.toContain('四万八');
    expect(own).not.toContain(`${MAIN.topic} · `);
  });
  test('in two messages, a call and then the question, is answered once, and kept as said to the bot', async () => {
    const { say, sent, state, pass, archive } = await openGroup();
    state.rooms.set(MAIN.topic, { unasked: true });
    expect(await say(dan, '@群史 在吗', MAIN)).toBe(replies.listeningInRoom);
    expect(await say(dan, '热床翘边怎么解决？', MAIN)).toContain('涂胶棒');
    await pass(2 * MINUTE);
    expect(sent).toHaveLength(2);
    // Nor did it take it for a question to nobody.
    expect(await say(dan, '停', MAIN)).toBe('');
    const file = readFileSync(join(archive, MAIN.topic, 'live', '2025-03-10.jsonl'), 'utf8');
    expect(file).toMatch(/"content":"热床翘边怎么解决？".*"bot":true|"bot":true.*"content":"热床翘边怎么解决？"/);
  });
  test('群:名字 in a direct chat asks one of his rooms only', async () => {
    const { say } = await openGroup();
    const answer = await say(ada, `群:${OTHER.topic} 热床翘边`);
    expect(answer).toContain('四万八');
    expect(answer).not.toContain('涂胶棒');
  });
});

test('1, 展开 n, 更多, 上文, 下文 go on with the asker’s own answer, in a direct chat too', async () => {
  const { say } = await openGroup();
  await say(dan, QUESTION, MAIN);
  await say(ben, '@群史 皮带打滑怎么办', MAIN);
  expect(await say(dan, '１ ', MAIN)).toContain('涂胶棒');
  expect(await say(ben, '展开　1', MAIN)).toContain('张紧轮');
  expect(await say(cai, '1', MAIN)).toBe('');
  await say(dan, '皮带打滑怎么办');
  expect(await say(dan, '1')).toContain('张紧轮');
  expect(await say(dan, '下文')).toBe(replies.noMore);
  expect(await say(dan, '上文')).toBe(replies.atTheStart);
});

test('帮助 is one bubble in a room and in a direct chat, with the filters; an admin sees his own commands', async () => {
  const { say, sent } = await openGroup();
  const helps = [
    await say(dan, '@群史 帮助', MAIN),
    await say(ada, '@群史 help', MAIN),
    await say(dan, '帮助'),
    await say(ada, '帮助'),
  ];
  expect(sent).toHaveLength(4);
  for (const help of helps) {
    expect(help.length).toBeLessThanOrEqual(600);
    for (const filter of ['来自:名字', '去年', '"原话"', '-词', '有链接']) expect(help).toContain(filter);
  }
  expect(helps.map((help) => help.includes('重载'))).toEqual([false, true, false, true]);
  expect(helps.map((help) => help.includes('忘记我'))).toEqual([true, true, true, true]);
});

describe('忘记我', () => {
  const ASKED = ['热床翘边', '皮带打滑', '"胶棒"', '"张紧轮"', '来自:老蔡'];

  test('tells how many messages under which names, asks once, and then shows, counts and names nothing of his', async () => {
    const { say, state, shownFor, knowledge } = await openGroup();
    await say(cai, '喷嘴堵了我用冷拔法', MAIN);
    await say(dan, QUESTION, MAIN);
    const asked = await say(cai, '忘记我 ', MAIN);
    expect(asked).toBe(memberReplies.confirmForgetting(['老蔡'], 3));
    expect(state.optOuts.all()).toEqual([]);
    const { messages } = knowledge.figures({ rooms: [MAIN.topic] });
    expect(await say(cai, '确认忘记', MAIN)).toBe(memberReplies.forgotten(3));
    const isGone = async () => {
      expect(await shownFor(ASKED)).not.toMatch(/就涂胶棒|先调张紧轮|冷拔|老蔡 [0-9]/);
      expect(knowledge.figures({ rooms: [MAIN.topic] }).messages).toBe(messages - 3);
    };
    await isGone();
    await knowledge.reload();
    await isGone();
    expect(state.audit.latest(1)).toMatchObject([{ who: '老蔡', what: '确认忘记', result: '3 messages forgotten' }]);
  });
  test('closes the answers that stand on screens', async () => {
    const { say } = await openGroup();
    await say(dan, QUESTION, MAIN);
    await say(cai, '忘记我', MAIN);
    await say(cai, '确认忘记', MAIN);
    expect(await say(dan, '@群史 1', MAIN)).toBe(replies.nothingOpen);
  });
  test('in a direct chat is about all his rooms', async () => {
    const { say, state } = await openGroup();
    expect(await say(ada, '忘记我')).toBe(memberReplies.confirmForgetting(['阿妲'], 1));
    await say(ada, '确认忘记');
    expect(state.optOuts.all()).toMatchObject([{ kind: 'forgotten', rooms: [MAIN.topic, OTHER.topic], senders: [ada.id] }]);
  });
  test('确认忘记 counts for ten minutes, once, and for him alone', async () => {
    const { say, pass, state } = await openGroup();
    await say(cai, '忘记我', MAIN);
    expect(await say(ben, '确认忘记', MAIN)).toBe('');
    expect(await say(ben, '@群史 确认忘记', MAIN)).toBe(memberReplies.nothingToConfirm);
    await pass(10 * MINUTE);
    expect(await say(cai, '@群史 确认忘记', MAIN)).toBe(memberReplies.nothingToConfirm);
    expect(state.optOuts.all()).toEqual([]);
  });
  test('is refused to whoever has taken another member’s name, and while nobody knows who is in the room', async () => {
    const impostor = person('老蔡', '@impostor');
    const { say, members, state } = await openGroup({ members: { [MAIN.id]: [ada, cai, impostor] } });
    expect(await say(impostor, '忘记我', MAIN)).toBe(memberReplies.namesake);
    members[MAIN.id] = undefined;
    expect(await say(cai, '忘记我', MAIN)).toBe(memberReplies.membersUnknown);
    expect(state.optOuts.all()).toEqual([]);
  });
});

describe('忘记我 by whoever took the name of somebody that left', () => {
  const impostor = person('老蔡', '@impostor');

  test('is refused if that one was heard in this login', async () => {
    const { say, members, state } = await openGroup();
    await say(cai, '喷嘴堵了我用冷拔法', MAIN);
    await say(dan, '早', MAIN);
    members[MAIN.id] = [ada, ben, dan, impostor];
    expect(await say(impostor, '忘记我', MAIN)).toBe(memberReplies.namesake);
    expect(state.optOuts.all()).toEqual([]);
  });
  test('is about his own words only, once he spoke', async () => {
    const { say, members } = await openGroup();
    await say(cai, '喷嘴堵了我用冷拔法', MAIN);
    members[MAIN.id] = [ada, ben, dan, impostor];
    await say(impostor, '我是新来的，做亚克力激光雕刻', MAIN);
    expect(await say(impostor, '忘记我', MAIN)).toBe(memberReplies.confirmForgetting(['老蔡'], 1, true));
    await say(impostor, '确认忘记', MAIN);
    expect(await say(dan, '@群史 "激光雕刻"', MAIN)).not.toContain('我是新来的');
    expect(await say(dan, '@群史 "冷拔法"', MAIN)).toContain('我用冷拔法');
    expect(await say(dan, '@群史 "涂胶棒"', MAIN)).toContain('就涂胶棒');
    members[MAIN.id] = [ada, ben, cai, dan];
    expect(await say(cai, '忘记我', MAIN)).toBe(memberReplies.confirmForgetting(['老蔡'], 3));
  });
});

test('恢复 undoes it for himself and for nobody else; an admin undoes it with his name', async () => {
  const { say, state, shownFor } = await openGroup();
  const forget = async () => {
    await say(cai, '忘记我', MAIN);
    await say(cai, '确认忘记', MAIN);
  };
  await forget();
  expect(await say(person('老蔡', '@impostor'), '@群史 恢复', MAIN)).toBe(memberReplies.nothingToRestore);
  expect(await say(dan, '@群史 恢复 老蔡', MAIN)).toBe(memberReplies.adminsOnly);
  expect(state.optOuts.all()).toHaveLength(1);
  expect(await say(cai, '恢复', MAIN)).toBe(memberReplies.restored);
  expect(await shownFor(['热床翘边'])).toContain('涂胶棒');
  await forget();
  expect(await say(ada, '恢复 @老蔡', MAIN)).toBe(memberReplies.restored);
  expect(state.optOuts.all()).toEqual([]);
});

test('停止收录 keeps nothing of what he says from then on, nor what the bot repeats of it; 开始收录 does again', async () => {
  const { say, archive } = await openGroup();
  expect(await say(ben, '停止收录', MAIN)).toBe(memberReplies.recordingStopped);
  await say(ben, '这句话不要记', MAIN);
  await say(ben, '@群史 秘密工艺的参数是多少？', MAIN);
  await say(dan, '「小本：这句话不要记」\n- - - - - - - - - - - - - - -\n好的不记', MAIN);
  const file = readFileSync(join(archive, MAIN.topic, 'live', '2025-03-10.jsonl'), 'utf8');
  expect(file).not.toMatch(/不要记|秘密工艺/);
  expect(file).toContain('好的不记');
  expect(await say(ben, '开始收录', MAIN)).toBe(memberReplies.recordingStarted);
  await say(ben, '这句话可以记', MAIN);
  expect(readFileSync(join(archive, MAIN.topic, 'live', '2025-03-10.jsonl'), 'utf8')).toContain('这句话可以记');
});

test('停止收录 holds after a new login by the name, and 开始收录 is then for an admin', async () => {
  const { say, archive } = await openGroup();
  await say(ben, '停止收录', MAIN);
  const again = person('小本', '@another-id');
  await say(dan, '早', MAIN);
  await say(again, '换了登录也不要记', MAIN);
  expect(await say(again, '@群史 开始收录', MAIN)).toBe(memberReplies.recordingNotStopped);
  expect(readFileSync(join(archive, MAIN.topic, 'live', '2025-03-10.jsonl'), 'utf8')).not.toContain('不要记');
  expect(await say(ada, '恢复 小本', MAIN)).toBe(memberReplies.restored);
});

test('有用, 没用 are kept with the question and the messages quoted, one voice a person', async () => {
  const { say, state } = await openGroup();
  await say(dan, QUESTION, MAIN);
  expect(await say(dan, '有用', MAIN)).toBe(memberReplies.useful);
  expect(await say(dan, '没用１', MAIN)).toBe(memberReplies.useless);
  expect(await say(dan, '没用', MAIN)).toBe(memberReplies.useless);
  expect(await say(dan, '没用 9', MAIN)).toBe(memberReplies.whichExcerpt(1, '没用'));
  expect(await say(ben, '没用', MAIN)).toBe('');
  expect(await say(ben, '@群史 没用', MAIN)).toBe(memberReplies.nothingToJudge);
  const [judgement, ...more] = state.feedback.all();
  expect(more).toEqual([]);
  expect(judgement).toMatchObject({ question: '热床翘边怎么解决', useful: false });
  expect(judgement?.marks.length).toBeGreaterThan(0);
});

test('撤 by the asker has an excerpt quoted no more, in no answer and after a reload; others cannot', async () => {
  const { say, state, shownFor, knowledge } = await openGroup();
  await say(dan, QUESTION, MAIN);
  expect(await say(ben, '撤', MAIN)).toBe('');
  expect(await say(ben, '@群史 撤', MAIN)).toBe(memberReplies.nothingToJudge);
  expect(state.hidden.all()).toEqual([]);
  expect(await say(dan, '撤', MAIN)).toBe(memberReplies.hidden(1));
  expect(await shownFor(['热床翘边怎么解决', '"涂胶棒"'])).not.toContain('就涂胶棒');
  await knowledge.reload();
  expect(await shownFor(['"涂胶棒"'])).not.toContain('就涂胶棒');
});

describe('订阅', () => {
  test('is refused where only filters were asked for, and nothing stands to be answered', async () => {
    const { say, state } = await openGroup();
    for (const asked of ['来自:老蔡 去年', '去年群里聊了什么']) {
      expect(await say(dan, `@群史 ${asked}`, MAIN)).toBe(replies.nothingFits);
      expect(await say(dan, '订阅', MAIN)).toBe(memberReplies.nothingToSubscribe);
    }
    expect(state.subscriptions.all()).toEqual([]);
  });
  const UNKNOWN = '@群史 龙门铣床的主轴用什么润滑脂？';

  test('under an answer that found nothing; when somebody answers, he is told once, with the quote', async () => {
    const { say, pass, sent, state } = await openGroup();
    expect(await say(dan, UNKNOWN, MAIN)).toContain(memberReplies.howToSubscribe);
    expect(await say(ben, '订阅', MAIN)).toBe('');
    expect(await say(dan, '订阅', MAIN)).toBe(memberReplies.subscribed('龙门铣床的主轴用什么润滑脂？'));
    await say(ben, '今天食堂有红烧肉', MAIN);
    await say(ben, '有人知道龙门铣床的主轴用什么润滑脂吗？', MAIN);
    await pass(6 * MINUTE);
    const before = sent.length;
    await say(cai, '龙门铣床的主轴用 NLGI 2 号锂基润滑脂', MAIN);
    await pass(6 * MINUTE);
    const told = sent.slice(before);
    expect(told).toHaveLength(1);
    expect(told[0]?.to).toEqual({ room: MAIN.id });
    expect(told[0]?.text).toMatch(/^@丹丹 .*\n「龙门铣床的主轴用什么润滑脂？」/);
    expect(told[0]?.text).toContain('NLGI 2 号');
    expect(state.subscriptions.all()).toEqual([]);
    expect(await say(dan, '1', MAIN)).toContain('NLGI 2 号');
    await say(cai, '对，龙门铣床的主轴用锂基润滑脂就行', MAIN);
    await pass(6 * MINUTE);
    expect(sent.filter(({ text }) => text.startsWith('@丹丹'))).toHaveLength(1);
  });
  test('is answered by its own room only', async () => {
    const { say, pass, sent } = await openGroup();
    await say(dan, UNKNOWN, MAIN);
    await say(dan, '订阅', MAIN);
    await say(boss, '龙门铣床的主轴用 NLGI 2 号锂基润滑脂', OTHER);
    await say(ben, '吃饭去了', MAIN);
    await pass(6 * MINUTE);
    expect(sent.some(({ text }) => text.includes('NLGI'))).toBe(false);
  });
  test('ends after thirty days, and nobody has more than five', async () => {
    const { say, pass, state } = await openGroup();
    for (let i = 0; i < 6; i++) {
      await say(dan, `@群史 第${i}号龙门铣床的主轴润滑脂？`, MAIN);
      const reply = await say(dan, '订阅', MAIN);
      if (i === 5) expect(reply).toBe(memberReplies.tooManySubscriptions(5));
    }
    expect(state.subscriptions.all()).toHaveLength(5);
    await pass(31 * 24 * 60 * MINUTE);
    await say(ben, '早', MAIN);
    await pass(6 * MINUTE);
    expect(state.subscriptions.all()).toEqual([]);
  });
});
