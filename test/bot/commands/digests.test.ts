/** Digests on demand, and what a room wants of them. The name of a test is the command. */
import { expect, test } from 'vitest';
import { memberReplies, replies, digests as texts } from '../../../bot/reply/texts.js';
import { digestWindow } from '../../../knowledge/index.js';
import { day } from '../../knowledge/archive/archive-on-disk.js';
import { A_DAY } from './day-for-test.js';
import { ada, ben, cai, dan, type Group, MAIN, MINUTE, OTHER, openGroup } from './group-for-test.js';

/** A day with two talks; then one on which two words were said. */
const FILES = {
  [`${MAIN.topic}/2025-03-08.markdown`]: A_DAY,
  [`${MAIN.topic}/2025-03-09.markdown`]: day(['10:00:00', '小本', '早'], ['10:01:00', '丹丹', '早']),
  [`${OTHER.topic}/2025-03-08.markdown`]: day(['10:00:00', '罗总', '供应商报价四万八，先不要外传']),
};

const open = (): Promise<Group> => openGroup({ files: FILES });

test('日报 2025-03-08 tells what that day held in this room, and its numbers open the threads', async () => {
  const { say } = await open();
  const told = await say(dan, '@群史 日报 2025-03-08', MAIN);
  expect(told).toContain('2025-03-08');
  expect(told).toContain('22 条消息');
  expect(told).toMatch(/【1】.*\n/);
  expect(told).toContain('皮带打滑');
  expect(told).not.toContain('四万八');
  expect(Buffer.byteLength(told)).toBeLessThanOrEqual(2_048);
  expect(await say(dan, '1', MAIN)).toMatch(/热床翘边怎么解决|皮带打滑听得见响/);
});

test('日报 前天, 日报 3-8 and 日报 ２０２５－０３－０８ name the same day', async () => {
  const { say } = await open();
  const told = await say(dan, '日报 2025-03-08', MAIN);
  for (const name of ['日报 前天', '日报 3-8', '日报　２０２５－０３－０８ ', '日报 3月8日', '日报 3月8号']) {
    expect(await say(dan, name, MAIN), name).toBe(told);
  }
});

test('日报 昨天 of a quiet day is one line', async () => {
  const { say } = await open();
  expect(await say(dan, '@群史 日报', MAIN)).toMatch(/^.*2025-03-09.*只有 2 条消息$/);
});

test('日报 of a day that is not over, is none, or was silent, says so', async () => {
  const { say } = await open();
  expect(await say(dan, '日报 今天', MAIN)).toBe(texts.notOver);
  expect(await say(dan, '日报 2025-02-30', MAIN)).toBe(texts.noSuchDay('2025-02-30'));
  expect(await say(dan, '日报 2024-02-01', MAIN)).toBe(texts.nothingSaid('2024-02-01'));
  expect(await say(dan, '@群史 日报 12', MAIN)).toBe(texts.noSuchDay('12'));
});

test('日报 alone, and a sentence that begins with it, are talk and questions', async () => {
  const { say } = await open();
  expect(await say(dan, '日报', MAIN)).toBe('');
  expect(await say(dan, '日报写好了吗', MAIN)).toBe('');
  expect(await say(dan, '@群史 日报写好了吗', MAIN)).toContain('「日报写好了吗」');
});

test('日报 in a direct chat is that of the only room both are in', async () => {
  const { say } = await open();
  expect(await say(dan, '日报 2025-03-08')).toContain('22 条消息');
  expect(await say(dan, '日报 2')).toContain('【2】');
  expect(await say(ben, '日报 2')).toBe(replies.nothingOpen);
  expect(await say(ada, '日报 2025-03-08')).toBe(texts.severalRooms([MAIN.topic, OTHER.topic]));
});

test('周报 tells the week before this one', async () => {
  const { say } = await open();
  expect(await say(dan, '@群史 周报', MAIN)).toMatch(/周报 · 2025-03-03 至 2025-03-09/);
});

test('日报 21:30 and 日报 关 are an admin’s, and say when it comes', async () => {
  const { say, state } = await open();
  await say(dan, '日报 21:30', MAIN);
  expect(state.rooms.get(MAIN.topic).digest).toBeUndefined();
  expect(await say(ada, '日报 21：30', MAIN)).toBe(texts.at('21:30'));
  expect(state.rooms.get(MAIN.topic).digest).toBe('21:30');
  expect(await say(ada, '日报关', MAIN)).toBe(texts.off);
  expect(state.rooms.get(MAIN.topic).digest).toBe('off');
  expect(await say(ada, '周报 关', MAIN)).toBe(texts.weekOff);
  expect(state.rooms.get(MAIN.topic).weekly).toBe(false);
  expect(state.audit.latest(1)[0]?.what).toBe('周报 关');
});

test('日报 9:00 said after nine begins tomorrow', async () => {
  const { say, service, sent, pass } = await open();
  await say(ada, '日报 关', MAIN);
  await say(ada, '日报 9:00', MAIN);
  sent.length = 0;
  service.startDigests();
  await pass(0);
  expect(sent).toEqual([]);
});

test('日报 预览 goes to the admin alone', async () => {
  const { say, sent } = await open();
  expect(await say(dan, '@群史 日报 预览', MAIN)).not.toContain('2025-03-09');
  sent.length = 0;
  await say(ada, '日报 预览', MAIN);
  const [first, second, ...rest] = sent;
  expect(first).toEqual({ to: { person: ada.id }, text: texts.preview });
  expect(second?.to).toEqual({ person: ada.id });
  expect(second?.text).toContain('2025-03-09');
  expect(rest).toEqual([{ to: { room: MAIN.id }, text: texts.previewSent }]);
});

test('周报 of a silent week names the week', async () => {
  const { say, setClock } = await open();
  setClock(Date.parse('2025-04-01T12:00:00+08:00'));
  expect(await say(dan, '@群史 周报', MAIN)).toBe(texts.nothingSaid(texts.week('2025-03-24', '2025-03-30')));
});

test('日报 预览 in a direct chat asks which room, and knows it however its name is typed', async () => {
  const room = { ...MAIN, topic: '造物群（一）' };
  const { say } = await openGroup({ files: FILES, rooms: [room, OTHER], enabled: [room.topic, OTHER.topic] });
  expect(await say(ada, '日报 预览')).toBe(texts.whichRoom([room.topic, OTHER.topic]));
  expect(await say(ada, '日报 预览 造物群(一)')).toContain(texts.preview);
  expect(await say(ada, '日报 预览 造物群（一）')).toContain(texts.preview);
  expect(await say(ada, '日报 预览 别的群')).toBe(texts.whichRoom([room.topic, OTHER.topic]));
});

test.each([
  ['停用', '启用'],
  ['暂停', '继续'],
])('%s: no digest is posted, and after %s none of that time', async (off, on) => {
  const { say, service, sent, setClock, pass } = await open();
  const look = async (at: string) => {
    setClock(Date.parse(`${at}+08:00`));
    service.startDigests();
    await pass(0);
  };
  const posted = () => sent.filter(({ text }) => text.includes('【1】'));
  await look('2025-03-08T10:00:00');
  await say(ada, off, MAIN);
  await look('2025-03-09T09:00:30');
  expect(posted()).toEqual([]);
  await say(ada, on, MAIN);
  await look('2025-03-09T09:05:00');
  expect(posted()).toEqual([]);
});

test('日报 1 opens what was told of several days that were missed', async () => {
  const { say, service, sent, setClock, pass } = await open();
  const look = async (at: string) => {
    setClock(Date.parse(`${at}+08:00`));
    service.startDigests();
    await pass(0);
  };
  await look('2025-03-08T10:00:00');
  await look('2025-03-10T10:00:00');
  const [told] = sent.filter(({ text }) => text.includes('【1】') && text.includes('2025-03-08 至 2025-03-09'));
  expect(told).toBeDefined();
  await pass(60 * MINUTE);
  expect(await say(dan, '日报 1', MAIN)).toContain('小本');
});

/** The bot looks what is due before the day is over, and on the next morning. */
async function post({ service, setClock, pass }: Group): Promise<void> {
  setClock(Date.parse('2025-03-08T10:00:00+08:00'));
  service.startDigests();
  await pass(0);
  setClock(Date.parse('2025-03-09T09:00:30+08:00'));
  service.startDigests();
  await pass(0);
}

test('日报 1 and 1 open a topic of the digest that was posted, for everybody', async () => {
  const group = await open();
  const { say, sent, pass } = group;
  await post(group);
  const posted = sent.filter(({ text }) => text.includes('【1】'));
  expect(posted).toHaveLength(1);
  expect(posted[0]?.to).toEqual({ room: MAIN.id });
  for (const by of [ben, cai]) expect(await say(by, '1', MAIN)).toContain('小本');
  await pass(60 * MINUTE);
  expect(await say(dan, '2', MAIN)).toBe('');
  expect(await say(dan, '日报 2', MAIN)).toContain('小本');
  expect(await say(dan, '日报 9', MAIN)).toBe(texts.noTopic(2));
});

test('状态 tells of the last digest: in a room of its own, an admin in a direct chat of each', async () => {
  const group = await open();
  const { say } = group;
  await post(group);
  expect(await say(dan, '@群史 状态', MAIN)).toMatch(/^日报：2025-03-08 已发$/m);
  expect(await say(dan, '状态')).not.toContain('日报');
  const full = await say(ada, '状态');
  expect(full).toContain(`${MAIN.topic} 的日报：2025-03-08 已发`);
  expect(full).toContain(`${OTHER.topic} 的日报：2025-03-08 没什么可说，没有发`);
});

test('日报 1 opens a topic of the digest that was just asked for, and says so if none was posted', async () => {
  const { say } = await open();
  expect(await say(dan, '日报 1', MAIN)).toBe(texts.nonePosted);
  await say(dan, '日报 2025-03-08', MAIN);
  expect(await say(dan, '日报 2', MAIN)).toContain('【2】');
  expect(await say(dan, '日报 3', MAIN)).toBe(texts.noTopic(2));
  expect(await say(ben, '日报 1', MAIN)).toBe(texts.nonePosted);
});

test('有用 and 没用 under a digest judge nothing: it answers no question', async () => {
  const group = await open();
  const { say, state } = group;
  await say(dan, '日报 2025-03-08', MAIN);
  expect(await say(dan, '有用', MAIN)).toBe('');
  expect(await say(dan, '@群史 没用 1', MAIN)).toBe(memberReplies.nothingToJudge);
  await post(group);
  expect(await say(cai, '有用', MAIN)).toBe('');
  expect(await say(cai, '@群史 有用', MAIN)).toBe(memberReplies.nothingToJudge);
  expect(state.feedback.all()).toEqual([]);
});

test('订阅 and 1 under the line of a quiet day are talk', async () => {
  const { say, state } = await open();
  await say(dan, '日报 2025-03-09', MAIN);
  expect(await say(dan, '订阅', MAIN)).toBe('');
  expect(await say(dan, '1', MAIN)).toBe('');
  expect(await say(dan, '@群史 订阅', MAIN)).toBe(memberReplies.nothingToSubscribe);
  expect(state.subscriptions.all()).toEqual([]);
});

test('撤 under the digest that everybody sees is an admin’s; 隐藏 1 hides of it, not of the answer before', async () => {
  const group = await open();
  const { say, state } = group;
  await post(group);
  expect(await say(cai, '撤', MAIN)).toBe('');
  expect(await say(cai, '@群史 撤 1', MAIN)).toBe(memberReplies.adminsOnly);
  expect(state.hidden.all()).toEqual([]);
  const before = await say(cai, '1', MAIN);
  expect(await say(ada, '隐藏 1', MAIN)).toBe(memberReplies.hidden(1));
  expect(state.hidden.all().length).toBeGreaterThan(0);
  expect(await say(dan, '日报 2025-03-08', MAIN)).not.toContain(before.split('\n')[1]);
});

test('隐藏 1 after a digest was posted means the digest, though somebody asked something before', async () => {
  const group = await open();
  const { say, state, setClock, service, pass } = group;
  setClock(Date.parse('2025-03-08T16:00:00+08:00'));
  service.startDigests();
  await pass(0);
  setClock(Date.parse('2025-03-09T08:59:00+08:00'));
  await say(cai, '@群史 皮带打滑怎么办？', MAIN);
  setClock(Date.parse('2025-03-09T09:00:30+08:00'));
  service.startDigests();
  await pass(0);
  await say(ada, '隐藏 1', MAIN);
  const digest = await say(dan, '日报 2025-03-08', MAIN);
  expect(state.hidden.all().length).toBeGreaterThan(0);
  expect(digest).toContain('顶丝');
});

test('no digest shows what somebody asked who said 停止收录, before or since, nor is it kept', async () => {
  const { say, state, setClock } = await open();
  const [from, to] = [Date.parse('2025-03-08T16:00:00+08:00'), Date.parse('2025-03-10T12:00:00+08:00')];
  setClock(from);
  await say(dan, '@群史 激光雕刻机的镜片多久擦一次', MAIN);
  await say(dan, '停止收录', MAIN);
  await say(dan, '@群史 水冷机的蒸馏水几个月换', MAIN);
  expect(state.asked.unanswered(MAIN.topic, from, to).map(({ question }) => question)).toEqual(['激光雕刻机的镜片多久擦一次']);
  setClock(to);
  expect(await say(ben, '日报 2025-03-08', MAIN)).not.toMatch(/镜片|蒸馏水/);
});

test('no digest shows a question that was taken back', async () => {
  const { say, recall, state, setClock } = await open();
  setClock(Date.parse('2025-03-08T16:00:00+08:00'));
  await say(dan, '@群史 激光雕刻机的镜片多久擦一次', MAIN);
  await say(dan, '@群史 水冷机的蒸馏水几个月换', MAIN);
  await recall(MAIN, 1);
  setClock(Date.parse('2025-03-10T12:00:00+08:00'));
  const told = await say(ben, '日报 2025-03-08', MAIN);
  expect(told).not.toContain('镜片');
  expect(told).toContain('蒸馏水');
  expect(state.asked.unanswered(MAIN.topic, 0, Date.parse('2025-03-11T00:00:00Z'))).toHaveLength(1);
});

test('no digest shows a question that names somebody who is forgotten', async () => {
  const { say, setClock } = await open();
  setClock(Date.parse('2025-03-08T16:00:00+08:00'));
  await say(ben, '@群史 丹丹的水冷机几个月换蒸馏水', MAIN);
  setClock(Date.parse('2025-03-10T12:00:00+08:00'));
  expect(await say(ben, '日报 2025-03-08', MAIN)).toContain('蒸馏水');
  await say(dan, '忘记我', MAIN);
  await say(dan, '确认忘记', MAIN);
  expect(await say(ben, '日报 2025-03-08', MAIN)).not.toMatch(/蒸馏水|丹丹/);
});

test('what the bot could not answer stands among the open questions, unless its asker is forgotten', async () => {
  const { say, setClock } = await open();
  setClock(Date.parse('2025-03-08T16:00:00+08:00'));
  await say(dan, '@群史 激光雕刻机的镜片多久擦一次', MAIN);
  setClock(Date.parse('2025-03-10T12:00:00+08:00'));
  expect(await say(ben, '日报 2025-03-08', MAIN)).toContain('镜片多久擦一次');
  await say(dan, '忘记我', MAIN);
  await say(dan, '确认忘记', MAIN);
  const told = await say(ben, '日报 2025-03-08', MAIN);
  expect(told).not.toContain('镜片');
  expect(told).not.toContain('丹丹');
});

test('what the bot could not answer is open no more once a member answered it, be it on a later day', async () => {
  const answered = day(['20:00:00', '老蔡', '激光雕刻机的镜片一周擦一次，雕刻机用得勤就三天擦一次镜片']);
  const { say, setClock } = await openGroup({ files: { ...FILES, [`${MAIN.topic}/2025-03-09.markdown`]: answered } });
  setClock(Date.parse('2025-03-08T16:00:00+08:00'));
  await say(dan, '@群史 激光雕刻机的镜片多久擦一次', MAIN);
  await say(ben, '@群史 水冷机的蒸馏水几个月换', MAIN);
  setClock(Date.parse('2025-03-10T12:00:00+08:00'));
  const [, left = ''] = (await say(ben, '日报 2025-03-08', MAIN)).split(texts.unanswered);
  expect(left).toContain('蒸馏水');
  expect(left).not.toContain('镜片');
});

test('日报 2 opens what stood under 2 when the digest was posted, though the first topic was hidden since', async () => {
  const group = await open();
  const { say, pass, knowledge } = group;
  await post(group);
  const second = await say(dan, '2', MAIN);
  const [first] = knowledge.digest({ rooms: [MAIN.topic], ...digestWindow('Asia/Shanghai', '2025-03-08'), days: 1 }).topics;
  const hidden = knowledge.thread(first?.thread ?? '')?.quotes.map(({ mark }) => mark) ?? [];
  await pass(60 * MINUTE);
  knowledge.heed({ forgotten: [], hidden, judgements: [] });
  expect(await say(dan, '日报 2', MAIN)).toBe(second);
  expect(await say(dan, '日报 1', MAIN)).toBe(replies.archiveChanged);
});
