/** What admins may say, and how one becomes an admin. The name of a test is the command. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { memberReplies, replies } from '../../../bot/reply/texts.js';
import { day, put } from '../../knowledge/archive/archive-on-disk.js';
import { ada, ben, boss, cai, dan, type Group, MAIN, MINUTE, OTHER, openGroup, person } from './group-for-test.js';

const QUESTION = '@群史 热床翘边怎么解决';
const codeIn = (group: Group) => [...group.logged().matchAll(/"code":"(\d{8})"/g)].at(-1)?.[1] ?? '';

describe('绑定', () => {
  test('with the code of the log, in a direct chat, makes an admin; the code counts once', async () => {
    const group = await openGroup({ admins: [] });
    await group.service.loggedIn();
    expect(group.logged()).toMatch(/"level":40[^\n]*绑定/);
    const code = codeIn(group);
    expect(await group.say(ben, `绑定　${code.slice(0, 4)} ${code.slice(4)} `)).toBe(memberReplies.bound.bound);
    expect(await group.say(dan, `绑定 ${code}`)).toBe(memberReplies.bound['not needed']);
    expect(group.state.admins.of('@bot')).toMatchObject([{ contact: ben.id, by: 'code' }]);
    expect(await group.say(ben, '重载')).toContain('重载好了');
    const acts = group.state.audit.latest(9);
    expect(acts.map(({ who, what, result }) => [who, what, result.split(':')[0]])).toContainEqual(['小本', '绑定', 'done']);
    expect(JSON.stringify(acts)).not.toContain(code);
  });
  test('three wrong codes lock it for ten minutes, for everybody and the right code too', async () => {
    const group = await openGroup({ admins: [] });
    await group.service.loggedIn();
    const code = codeIn(group);
    for (const by of [ben, cai]) expect(await group.say(by, '绑定 00000')).toBe(memberReplies.bound.wrong);
    expect(await group.say(dan, '绑定 11111')).toBe(memberReplies.bound.locked);
    expect(await group.say(ben, `绑定 ${code}`)).toBe(memberReplies.bound.locked);
    await group.pass(10 * MINUTE);
    expect(await group.say(ben, `绑定 ${code}`)).toBe(memberReplies.bound.expired);
    expect(codeIn(group)).not.toBe(code);
    expect(await group.say(ben, `绑定 ${codeIn(group)}`)).toBe(memberReplies.bound.bound);
  });
  test('with a code older than ten minutes has a new one shown in the log', async () => {
    const group = await openGroup({ admins: [] });
    await group.service.loggedIn();
    const old = codeIn(group);
    await group.pass(10 * MINUTE);
    expect(await group.say(ben, `绑定 ${old}`)).toBe(memberReplies.bound.expired);
    expect(await group.say(ben, `绑定 ${old}`)).toBe(memberReplies.bound.wrong);
    expect(group.state.admins.of('@bot')).toEqual([]);
  });
  test('a code that was said in a room counts no more, and the log shows a new one', async () => {
    for (const call of ['@群史 ', '']) {
      const group = await openGroup({ admins: [] });
      await group.service.loggedIn();
      const code = codeIn(group);
      expect(await group.say(ben, `${call}绑定 ${code}`, MAIN)).toBe(call === '' ? '' : memberReplies.onlyIn.direct);
      expect(codeIn(group)).not.toBe(code);
      expect(await group.say(dan, `绑定 ${code}`)).toBe(memberReplies.bound.wrong);
      expect(await group.say(ben, `绑定 ${codeIn(group)}`)).toBe(memberReplies.bound.bound);
    }
  });
  test('where there is an admin no code is shown', async () => {
    const group = await openGroup();
    await group.service.loggedIn();
    expect(codeIn(group)).toBe('');
    expect(await group.say(ben, '绑定 12345678')).toBe(memberReplies.bound['not needed']);
  });
});

describe('管理员', () => {
  test('加 @人 and 减 @人 name and remove another one; alone it lists them', async () => {
    const { say, state } = await openGroup();
    expect(await say(ada, '管理员 加 @小本\u2005', MAIN)).toBe(memberReplies.adminAdded('小本'));
    expect(await say(ben, '@群史 管理员', MAIN)).toBe(memberReplies.admins(['阿妲', '小本']));
    expect(await say(ada, '管理员加@小本', MAIN)).toBe(memberReplies.isAdmin('小本'));
    expect(await say(ben, '管理员 减 ＠阿妲', MAIN)).toBe(memberReplies.adminRemoved('阿妲'));
    expect(await say(ben, '管理员 减 @小本', MAIN)).toBe(memberReplies.lastAdmin);
    expect(await say(ada, '重载', MAIN)).toBe('');
    expect(state.audit.latest(9).map(({ what }) => what)).toContain('管理员 加 @小本');
  });
  test('加 is refused for a name that two members carry, and for nobody’s', async () => {
    const impostor = { ...person('路人', '@impostor'), groupNickname: '小本' };
    const { say, state, members } = await openGroup({ members: { [MAIN.id]: [ada, ben, impostor] } });
    expect(await say(ada, '管理员 加 @小本', MAIN)).toBe(memberReplies.severalCalled('小本'));
    expect(await say(ada, '管理员 加 @老蔡', MAIN)).toBe(memberReplies.nobodyCalled('老蔡'));
    members[MAIN.id] = undefined;
    expect(await say(ada, '管理员 加 @小本', MAIN)).toBe(memberReplies.membersUnknown);
    expect(state.admins.of('@bot')).toHaveLength(1);
  });
});

describe('重载', () => {
  const more = day(['08:00:00', '老蔡', '光固化的树脂要避光保存在阴凉处']);

  test('reads what is new on the disk and says in a direct chat what it found', async () => {
    const { say, archive } = await openGroup();
    put(archive, `${MAIN.topic}/2025-03-05.markdown`, more);
    rmSync(join(archive, OTHER.topic, '2025-03-02.markdown'));
    expect(await say(ada, '重载')).toMatch(
      /^重载好了，用了 [\d.]+ 秒。\n文件：新增 1，改动 0，删除 1\n现在有 8 条消息、\d 段对话，读不懂 0 处$/,
    );
    expect(await say(dan, '@群史 "避光保存"', MAIN)).toContain('避光保存');
  });
  test('in a room tells the figures of that room only', async () => {
    const { say } = await openGroup();
    expect(await say(ada, '重载', MAIN)).toMatch(/^重载好了，用了 [\d.]+ 秒。\n现在有 7 条消息/);
  });
  test('answers go on meanwhile, and a second one joins the one that runs', async () => {
    let finish: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (finish = resolve));
    let reloads = 0;
    const { say, sent, deliver } = await openGroup({
      async reload(real) {
        reloads += 1;
        await gate;
        return real();
      },
    });
    const reload = { at: 0, sender: ada, kind: 'text', text: '重载', self: false, botNames: ['群史'] } as const;
    const both = [deliver({ ...reload, id: 'first' }), deliver({ ...reload, id: 'second', room: MAIN })];
    expect(await say(dan, QUESTION, MAIN)).toContain('涂胶棒');
    expect(sent).toHaveLength(1);
    finish();
    await Promise.all(both);
    expect(reloads).toBe(1);
    expect(sent.filter(({ text }) => text.startsWith('重载好了'))).toHaveLength(2);
  });
  test('that fails leaves the old index in use and says why, in a room nothing of the disk', async () => {
    const { say, archive, state } = await openGroup();
    rmSync(archive, { recursive: true });
    expect(await say(ada, '重载')).toMatch(/^重载没有成功，还用原来的聊天记录。原因：.+/);
    expect(await say(ada, '重载', MAIN)).toBe(memberReplies.reloadFailed(undefined));
    expect(await say(dan, QUESTION, MAIN)).toContain('涂胶棒');
    expect(state.audit.latest(1)).toMatchObject([{ what: '重载', result: expect.stringMatching(/^failed: /) }]);
  });
});

describe('状态', () => {
  test('in a room counts that room, in a direct chat the rooms of the asker, and for an admin’s own eyes everything', async () => {
    const { say } = await openGroup();
    expect(await say(dan, '@群史 状态', MAIN)).toMatch(/^聊天记录：7 条，2025-03-01 至 2025-03-01\n语义模型/);
    expect(await say(dan, '状态')).toMatch(/^聊天记录：7 条/);
    const full = await say(ada, '状态');
    expect(full).toMatch(/^聊天记录：9 条，2025-03-01 至 2025-03-02\n全部文件：2 个群 2 个/);
    expect(await say(ada, '状态', MAIN)).toMatch(/^聊天记录：7 条/);
    expect(await say(dan, '@群史 状态', MAIN)).not.toContain('全部文件');
  });
  test('tells when something was last heard there before it was asked, and nothing of other rooms', async () => {
    const { say, setClock } = await openGroup();
    const heard = async (text: string, by = dan, room?: typeof MAIN) =>
      /最近听到的消息：(.*)/.exec(await say(by, text, room))?.[1];
    expect(await heard('@群史 状态', dan, MAIN)).toBe('还没有');
    setClock(Date.UTC(2025, 2, 10, 5));
    await say(ben, '早', MAIN);
    setClock(Date.UTC(2025, 2, 10, 6));
    await say(boss, '只在这里说的', OTHER);
    setClock(Date.UTC(2025, 2, 10, 7));
    expect(await heard('状态', dan)).toBe('2025-03-10 05:00');
    expect(await heard('状态', ada)).toBe('2025-03-10 06:00');
    expect(await heard('状态', person('路人'))).toBe('还没有');
    expect(await heard('@群史 状态', dan, MAIN)).toBe('2025-03-10 05:00');
    expect(await heard('@群史 状态', dan, MAIN)).toBe('2025-03-10 07:00');
  });
  test('by a member who did not call the bot is talk', async () => {
    const { say } = await openGroup();
    expect(await say(dan, '状态', MAIN)).toBe('');
  });
});

test('停用 and 启用: nothing is answered or written down in between, and only an admin turns it', async () => {
  const { say, archive } = await openGroup();
  expect(await say(dan, '@群史 停用', MAIN)).toBe(memberReplies.adminsOnly);
  expect(await say(ada, '停用', MAIN)).toBe(memberReplies.disabled);
  expect(await say(dan, QUESTION, MAIN)).toBe('');
  expect(await say(dan, '@群史 启用', MAIN)).toBe('');
  await say(ben, '停用的时候说的', MAIN);
  expect(await say(dan, '热床翘边')).toBe(memberReplies.notAMember);
  expect(await say(ada, '启用', MAIN)).toBe(memberReplies.enabled);
  await say(ben, '启用以后说的', MAIN);
  expect(await say(dan, QUESTION, MAIN)).toContain('涂胶棒');
  const file = readFileSync(join(archive, MAIN.topic, 'live', '2025-03-10.jsonl'), 'utf8');
  expect(file).not.toContain('停用的时候');
  expect(file).toContain('启用以后');
});

test('暂停 and 继续: nothing is said in between, everything is written down', async () => {
  const { say, archive, pass } = await openGroup();
  expect(await say(ada, '继续', MAIN)).toBe('');
  expect(await say(ada, '自动 开', MAIN)).toContain('自动引用');
  expect(await say(ada, '暂停', MAIN)).toBe(memberReplies.paused);
  expect(await say(dan, QUESTION, MAIN)).toBe('');
  expect(await say(dan, '@群史 忘记我', MAIN)).toBe('');
  await say(ben, '皮带打滑听得见响，怎么办？', MAIN);
  await pass(2 * MINUTE);
  expect(await say(ada, '状态', MAIN)).toContain('聊天记录');
  expect(await say(ada, '继续', MAIN)).toBe(memberReplies.resumed);
  expect(await say(dan, QUESTION, MAIN)).toContain('涂胶棒');
  expect(readFileSync(join(archive, MAIN.topic, 'live', '2025-03-10.jsonl'), 'utf8')).toContain('听得见响');
});

test('自动 开 and 自动 关 are for admins, 自动 tells everybody', async () => {
  const { say, state } = await openGroup();
  expect(await say(dan, '@群史 自动 开', MAIN)).toBe(memberReplies.adminsOnly);
  expect(await say(ada, '自动开', MAIN)).toContain('自动引用');
  expect(state.rooms.get(MAIN.topic).unasked).toBe(true);
  expect(await say(dan, '@群史 自动', MAIN)).toBe(replies.unaskedIs(true));
  expect(await say(ada, '@群史 自动 关', MAIN)).toBe(replies.unaskedOff);
});

test('隐藏 n: an admin has an excerpt that was just shown to somebody shown no more', async () => {
  const { say, shownFor } = await openGroup();
  expect(await say(ada, '隐藏 1', MAIN)).toBe(memberReplies.nothingToJudge);
  await say(dan, QUESTION, MAIN);
  expect(await say(ben, '@群史 隐藏 1', MAIN)).toBe(memberReplies.adminsOnly);
  expect(await say(ada, '隐藏 9', MAIN)).toBe(memberReplies.whichExcerpt(1, '撤'));
  expect(await say(ada, '隐藏 1', MAIN)).toBe(memberReplies.hidden(1));
  expect(await shownFor(['热床翘边怎么解决'])).not.toContain('就涂胶棒');
});

describe('隐藏', () => {
  test('alone tells an admin in a direct chat what is hidden, and 恢复 n has it quoted again', async () => {
    const { say, state, shownFor, knowledge } = await openGroup();
    expect(await say(ada, '隐藏')).toBe(memberReplies.nothingHidden);
    await say(dan, '@群史 皮带打滑怎么办', MAIN);
    await say(dan, '撤', MAIN);
    await say(dan, QUESTION, MAIN);
    await say(dan, '撤', MAIN);
    expect(await say(ada, '恢复 2')).toBe(memberReplies.notListed);
    await knowledge.reload();
    const listed = await say(ada, '隐藏');
    expect(listed).toMatch(
      /^不再引用的.*\n【1】小本 2025-03-01 09:00：热床翘边怎么解决？（还有 \d 条）\n【2】丹丹 2025-03-01 15:00：/,
    );
    expect(await say(ada, '恢复 3')).toBe(memberReplies.notListed);
    expect(await say(ada, '恢复 1')).toBe(memberReplies.shownAgain(1));
    expect(await shownFor(['热床翘边怎么解决', '"张紧轮"'])).toMatch(/涂胶棒/);
    expect(await shownFor(['热床翘边怎么解决', '"张紧轮"'])).not.toContain('先调张紧轮');
    expect(state.audit.latest(1)).toMatchObject([{ what: '恢复 n 1', result: expect.stringMatching(/shown again/) }]);
  });
  test('tells nothing in a room, to nobody else, of no other room and of nobody forgotten', async () => {
    const { say, members } = await openGroup();
    await say(boss, '热床翘边供应商报价', OTHER);
    await say(boss, '@群史 热床翘边供应商报价', OTHER);
    await say(boss, '撤 1', OTHER);
    await say(dan, '@群史 "先调张紧轮"', MAIN);
    await say(dan, '撤 1', MAIN);
    for (const order of ['隐藏', '恢复 1']) expect(await say(dan, order)).toBe(memberReplies.adminsOnly);
    expect(await say(ada, '@群史 隐藏', MAIN)).toBe(memberReplies.forms.hide);
    expect(await say(ada, '@群史 恢复 1', MAIN)).toBe(memberReplies.onlyIn.direct);
    expect(await say(ada, '隐藏')).toMatch(/丹丹.*\n.*罗总/);
    members[OTHER.id] = [boss];
    expect(await say(ada, '隐藏')).not.toContain('罗总');
    await say(cai, '忘记我', MAIN);
    await say(cai, '确认忘记', MAIN);
    expect(await say(ada, '隐藏')).toMatch(/丹丹.*怎么办？\n/);
  });
});

test('撤 by an admin is about the last answer in the room too', async () => {
  const { say, state } = await openGroup();
  await say(dan, QUESTION, MAIN);
  expect(await say(ada, '@群史 撤', MAIN)).toBe(memberReplies.hidden(1));
  expect(state.hidden.all().length).toBeGreaterThan(0);
});

test('别名 A = B makes two names one person', async () => {
  const { say, archive, knowledge } = await openGroup();
  expect(await say(ada, '别名 老蔡 ＝ 丹丹', MAIN)).toBe(memberReplies.aliasAdded('老蔡', '丹丹'));
  expect(readFileSync(join(archive, 'aliases.txt'), 'utf8')).toContain('老蔡');
  expect((await knowledge.whoIs({ rooms: [MAIN.topic], names: ['老蔡'] }))?.names.toSorted()).toEqual(['丹丹', '老蔡'].sort());
  expect(await say(ada, '别名 老蔡 = 丹丹', MAIN)).toBe(memberReplies.aliasKnown);
  expect(await say(ada, '别名 老蔡 = 老蔡', MAIN)).toBe(memberReplies.additionFaults.same);
  expect(await say(dan, '@群史 别名 罗总 = 丹丹', MAIN)).toBe(memberReplies.adminsOnly);
});

test('词 by a member is refused, and what he wrote stands neither in the audit nor in the log', async () => {
  const { say, state, logged } = await openGroup();
  expect(await say(dan, '@群史 词 只说给群里的人听', MAIN)).toBe(memberReplies.adminsOnly);
  expect(state.audit.latest(1)).toMatchObject([{ who: dan.name, what: '词', result: 'refused: no admin' }]);
  expect(logged()).not.toContain('只说给');
});

test('词 teaches a word of the trade', async () => {
  const { say, archive } = await openGroup();
  expect(await say(ada, '词 张紧轮', MAIN)).toBe(memberReplies.wordAdded('张紧轮'));
  expect(readFileSync(join(archive, 'words.txt'), 'utf8')).toContain('张紧轮');
  expect(await say(ada, '词：张紧轮')).toBe(memberReplies.wordKnown);
  expect(await say(ada, '词 丝杆 导轨', MAIN)).toBe(memberReplies.forms.word);
  expect(await say(ada, '@群史 词 怎么记得住', MAIN)).toMatch(/^「词 怎么记得住」/);
  expect(await say(ada, '词 Bambu Lab', MAIN)).toBe(memberReplies.wordAdded('Bambu Lab'));
  expect(readFileSync(join(archive, 'words.txt'), 'utf8')).not.toMatch(/丝杆|记得住/);
});
