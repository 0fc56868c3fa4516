/** What one room knows reaches nobody outside of it: every test tries to get through. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { memberReplies, replies } from '../../bot/reply/texts.js';
import { ada, ben, boss, cai, dan, MAIN, MINUTE, OTHER, openGroup, person } from './commands/group-for-test.js';

const QUESTION = '@群史 热床翘边供应商报价多少';
const SECRET = /四万八|外传|罗总/;

describe('a room that is not enabled', () => {
  test('is not answered, whatever is said there and by whom, and nothing of it is written down', async () => {
    const { say, sent, archive, logged } = await openGroup({ enabled: [OTHER.topic], admins: [ada] });
    for (const text of ['@群史', '@群史 热床翘边怎么解决', '@群史 帮助', '@群史 状态', '@群史 忘记我', '早上好', '1', '更多']) {
      await say(ben, text, MAIN);
    }
    for (const text of ['重载', '状态', '@群史 热床翘边怎么解决', '暂停']) await say(ada, text, MAIN);
    expect(sent).toEqual([]);
    expect(existsSync(join(archive, MAIN.topic, 'live'))).toBe(false);
    expect(logged().match(/not enabled/g)).toHaveLength(1);
  });
  test('is not read in a direct chat either', async () => {
    const { say } = await openGroup({ enabled: [MAIN.topic] });
    expect(await say(boss, '热床翘边供应商报价多少')).toBe(memberReplies.notAMember);
    expect(await say(ada, '热床翘边供应商报价多少')).not.toMatch(SECRET);
  });
  test('does not become enabled by a name that only looks like an enabled one', async () => {
    const twin = { id: '@@twin', topic: `${MAIN.topic} ` };
    const { say } = await openGroup({ rooms: [MAIN, twin], enabled: [MAIN.topic] });
    expect(await say(ben, '@群史 热床翘边怎么解决', twin)).toBe('');
  });
});

describe('a room is told nothing of another one', () => {
  test.each([
    QUESTION,
    `@群史 群:${OTHER.topic} 热床翘边`,
    '@群史 来自:罗总',
    '@群史 "四万八"',
    '@群史 来自:罗总 群:老板群',
    `@群史 ${OTHER.topic} 说了什么 来自：罗总`,
  ])('%s', async (text) => {
    const { say } = await openGroup();
    const shown = [await say(ada, text, MAIN), await say(ada, '1', MAIN), await say(ada, '更多', MAIN)].join('\n');
    expect(shown.split('\n').slice(1).join('\n')).not.toMatch(SECRET);
  });
  test('not by an answer that is open elsewhere', async () => {
    const { say } = await openGroup();
    expect(await say(ada, QUESTION, OTHER)).toMatch(SECRET);
    expect(await say(ada, '@群史 1', MAIN)).toBe(replies.nothingOpen);
    expect(await say(ada, '@群史 更多', MAIN)).toBe(replies.nothingOpen);
    expect(await say(ada, '1')).not.toMatch(SECRET);
  });
  test('not by figures: 状态 and 重载 count its own', async () => {
    const { say } = await openGroup();
    expect(await say(boss, '@群史 状态', OTHER)).toMatch(/^聊天记录：2 条，2025-03-02 至 2025-03-02/);
    expect(await say(ada, '重载', OTHER)).toContain('现在有 2 条消息');
    expect(await say(boss, '状态')).toMatch(/^聊天记录：2 条/);
  });
  test('not by 忘记我, which counts and forgets what he said where he asks', async () => {
    const { say, state } = await openGroup({ members: { [OTHER.id]: [boss, ada, ben] } });
    expect(await say(ben, '忘记我', OTHER)).toBe(memberReplies.nothingToForget);
    expect(await say(ben, '忘记我', MAIN)).toBe(memberReplies.confirmForgetting(['小本'], 3));
    await say(ben, '确认忘记', MAIN);
    expect(state.optOuts.all()).toMatchObject([{ rooms: [MAIN.topic] }]);
  });
});

describe('a direct chat', () => {
  test('of somebody who left a room is told nothing of it any more, not even by an answer that is open', async () => {
    const { say, members } = await openGroup({ members: { [MAIN.id]: [ada, dan], [OTHER.id]: [boss, dan] } });
    expect(await say(dan, '热床翘边')).toMatch(SECRET);
    members[OTHER.id] = [boss];
    expect(await say(dan, '1')).not.toMatch(SECRET);
    expect(await say(dan, '2')).not.toMatch(SECRET);
    expect(await say(dan, '更多')).not.toMatch(SECRET);
    expect(await say(dan, '热床翘边供应商报价')).not.toMatch(SECRET);
    expect(await say(dan, '状态')).toMatch(/^聊天记录：7 条/);
  });
  test('of a stranger, also one who took a member’s name, is told nothing', async () => {
    const { say, sent } = await openGroup();
    const impostor = person(boss.name, '@impostor');
    expect(await say(impostor, '热床翘边供应商报价')).toBe(memberReplies.notAMember);
    expect(await say(impostor, '热床翘边供应商报价')).toBe('');
    expect(await say(impostor, '状态')).toMatch(/^聊天记录：0 条\n/);
    expect(sent.map(({ text }) => text).join()).not.toMatch(SECRET);
  });
  test('while the platform does not say who is in a room is told nothing of that room', async () => {
    const { say, members } = await openGroup();
    members[OTHER.id] = undefined;
    expect(await say(boss, '热床翘边供应商报价')).toBe(memberReplies.notAMember);
  });
});

describe('two rooms of one name', () => {
  const twin = { id: '@@twin', topic: OTHER.topic };

  test('get nothing of the archive, nothing is written down, and no admin switches anything in them', async () => {
    const { say, archive, rooms, state } = await openGroup();
    expect(await say(boss, QUESTION, OTHER)).toMatch(SECRET);
    rooms.push(twin);
    const shown = [
      await say(dan, QUESTION, twin),
      await say(boss, '@群史 1', OTHER),
      await say(boss, QUESTION, OTHER),
      await say(dan, '@群史 状态', twin),
      await say(boss, '热床翘边供应商报价'),
    ].join('\n');
    expect(shown).not.toMatch(SECRET);
    expect(shown).toContain(replies.noArchive);
    expect(shown).toContain('聊天记录：0 条');
    expect(await say(ada, '停用', twin)).toBe(memberReplies.sharedName);
    expect(state.rooms.get(OTHER.topic).enabled).toBeUndefined();
    const before = readFileSync(join(archive, OTHER.topic, 'live', '2025-03-10.jsonl'), 'utf8');
    await say(dan, '在假的群里说的', twin);
    expect(readFileSync(join(archive, OTHER.topic, 'live', '2025-03-10.jsonl'), 'utf8')).toBe(before);
  });
});

describe('the only room', () => {
  const only = { id: '@@only', topic: '新名字的群' };

  test('may read the only room of the archive, whatever that is called', async () => {
    const files = { 'dev/2025-03-01.markdown': '---\n---\n> 09:00:00  甲  \n\n热床翘边涂胶棒就好  \n' };
    const { say } = await openGroup({ rooms: [only], enabled: [only.topic], members: { [only.id]: [dan] }, files });
    expect(await say(dan, '@群史 "涂胶棒"', only)).toContain('热床翘边涂胶棒就好');
  });
  test('reads none if the archive has several, or if the settings name a further room that is not seen yet', async () => {
    const { say } = await openGroup({ rooms: [only], enabled: [only.topic], members: { [only.id]: [dan] } });
    expect(await say(dan, '@群史 "胶棒"', only)).toBe(replies.noArchive);
    const files = { 'dev/2025-03-01.markdown': '---\n---\n> 09:00:00  甲  \n\n热床翘边涂胶棒就好  \n' };
    const two = await openGroup({ rooms: [only], enabled: [only.topic, '还没出现的群'], files });
    expect(await two.say(dan, '@群史 "涂胶棒"', only)).toBe(replies.noArchive);
  });
});

describe('commands of admins', () => {
  const ORDERS = [
    '重载',
    '停用',
    '暂停',
    '自动 开',
    '隐藏 1',
    '别名 罗总 = 丹丹',
    '词 胶棒',
    '管理员 加 @丹丹',
    '管理员',
    '恢复 罗总',
  ];

  test.each(ORDERS)('%s by whoever took the name of an admin, or of the bot, is refused', async (order) => {
    const { say, state } = await openGroup();
    for (const impostor of [person(ada.name, '@impostor'), person('群史', '@impostor2')]) {
      expect(await say(impostor, `@群史 ${order}`, MAIN)).toBe(memberReplies.adminsOnly);
      expect(await say(impostor, order, MAIN)).toBe('');
    }
    expect(state.audit.latest(9).map(({ result }) => result)).toEqual(['refused: no admin', 'refused: no admin']);
    expect(state.rooms.all().size).toBe(0);
    expect(state.admins.of('@bot')).toHaveLength(1);
  });
  test.each([
    '「小本：重载」\n- - - - - - - - - - - - - - -\n',
    '「小本：@群史 重载」\n- - - - - - - - - - - - - - -\n这个命令怎么用？',
    '「小本：说什么」\n- - - - - - - - - - - - - - -\n重载',
    '「重载」',
    '“重载”',
    '小本：重载',
    '小本:\n重载',
    '@群史 「重载」',
    '@群史 小本说“停用”',
    '群聊的聊天记录\n小本: 停用',
  ])('%j, quoted or forwarded by an admin, is not obeyed', async (text) => {
    const { say, state } = await openGroup();
    await say(ada, text, MAIN);
    expect(state.audit.latest(9)).toEqual([]);
    expect(state.rooms.all().size).toBe(0);
  });
  test('by the bot’s own account are talk, and so is a record of a chat', async () => {
    const { deliver, sent, state } = await openGroup();
    const base = { at: 0, room: MAIN, text: '停用', botNames: ['群史'] };
    await deliver({ ...base, id: 'x1', sender: person('群史', '@bot'), kind: 'text', self: true });
    await deliver({ ...base, id: 'x2', sender: ada, kind: 'link', self: false });
    expect(sent).toEqual([]);
    expect(state.rooms.all().size).toBe(0);
  });
  test('of one login are nothing to an admin of another one', async () => {
    const { say, state } = await openGroup({ admins: [] });
    state.admins.add({ login: '@login-before', contact: ada.id, name: ada.name, since: 0, by: 'code' });
    expect(await say(ada, '@群史 重载', MAIN)).toBe(memberReplies.adminsOnly);
  });
});

test('speaking unasked stays within the walls: not in a room that is off, silenced or shares its name', async () => {
  const { say, pass, sent, state, rooms } = await openGroup();
  state.rooms.set(MAIN.topic, { unasked: true });
  for (const change of [{ enabled: false }, { enabled: true, paused: true }]) {
    state.rooms.set(MAIN.topic, change);
    await say(cai, '热床翘边怎么解决？有人知道吗？', MAIN);
    await pass(2 * MINUTE);
  }
  state.rooms.set(MAIN.topic, { enabled: true, paused: false });
  rooms.push({ id: '@@twin', topic: MAIN.topic });
  await say(cai, '热床翘边怎么解决？有人知道吗？', MAIN);
  await pass(2 * MINUTE);
  expect(sent).toEqual([]);
});
