/** Commands that are not quite right are answered with how to say them; what may be a question or talk is not. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { misspoken } from '../../../bot/conversation/commands/misspoken.js';
import { COMMANDS } from '../../../bot/conversation/commands/table.js';
import { memberReplies, replies } from '../../../bot/reply/texts.js';
import { anyText } from '../fakes.js';
import { ada, ben, dan, MAIN, openGroup } from './group-for-test.js';

const { forms } = memberReplies;

test('by an admin, with the mention and without', async () => {
  const { say, sent, state } = await openGroup();
  const wrong = [
    ['别名 A', forms.alias],
    ['别名：老蔡', forms.alias],
    ['隐藏 abc', forms.hide],
    ['管理员 加', forms.admins],
    ['管理员加', forms.admins],
    ['管理员 删 @老蔡', forms.admins],
    ['自动 打开', forms.unasked],
    ['日报 25:99', forms.digestTime],
    ['日报 9点半', forms.digestTime],
    ['日报 开', forms.digestTime],
    ['周报 每周一', forms.weekly],
  ] as const;
  for (const [text, form] of wrong) {
    expect([text, await say(ada, text, MAIN)]).toEqual([text, form]);
    expect([text, await say(ada, `@群史 ${text}。 `, MAIN)]).toEqual([text, form]);
  }
  expect(sent).toHaveLength(2 * wrong.length);
  expect(state.rooms.all().size).toBe(0);
});

test('by an admin with the mention only, if it can be talk', async () => {
  const { say } = await openGroup();
  for (const [text, form] of [
    ['别名', forms.alias],
    ['词', forms.word],
    ['管理员 你看', forms.admins],
    ['暂停 十分钟', forms.alone('暂停')],
    ['重载一下', forms.alone('重载')],
  ] as const) {
    expect([text, await say(ada, text, MAIN)]).toEqual([text, '']);
    expect([text, await say(ada, `@群史 ${text}`, MAIN)]).toEqual([text, form]);
    expect([text, await say(ada, text)]).toEqual([text, form]);
  }
  expect(await say(ada, '@群史 隐藏', MAIN)).toBe(forms.hide);
});

test('by everybody who calls the bot', async () => {
  const { say } = await openGroup();
  expect(await say(dan, '@群史 忘记我说过的话', MAIN)).toBe(forms.alone('忘记我'));
  for (const text of ['忘记我的消息', '忘记我吧', '忘记我 说的']) expect(await say(dan, text)).toBe(forms.alone('忘记我'));
  expect(await say(dan, '停止收录我的话')).toBe(forms.alone('停止收录'));
  expect(await say(dan, '@群史 日报 昨日', MAIN)).toBe(forms.digest);
  expect(await say(dan, '绑定')).toBe(forms.bind);
  expect(await say(dan, '@群史 热床翘边怎么解决', MAIN)).toContain('涂胶棒');
  for (const word of ['展开', '有用 abc', '撤 abc', '没用 x']) {
    expect(await say(dan, word, MAIN)).toBe('');
    expect(await say(dan, `@群史 ${word}`, MAIN)).toBe(memberReplies.whichExcerpt(1, word.split(' ')[0] ?? ''));
  }
});

const QUESTIONS = [
  '状态机怎么设计',
  '词库在哪',
  '词汇量',
  '别名怎么设',
  '别名 是什么意思',
  '隐藏文件夹',
  '管理员加班太多了',
  '管理员是谁',
  '自动补料',
  '日报在哪里看',
  '绑定手机号',
  '绑定 手机',
  '绑定验证码收不到',
  '暂停打印以后接缝',
  '忘记我的密码怎么办',
  '忘记我的密码了',
  '停止收录音频',
  '有用的软件',
  '展开图怎么画',
  '订阅号 文章',
];

test('a question that begins with a word of a command is a question, an admin’s too', async () => {
  const { say } = await openGroup();
  for (const question of QUESTIONS) {
    for (const by of [ada, dan]) expect(await say(by, `@群史 ${question}`, MAIN)).toMatch(`「${question}」\n`);
    expect([question, await say(ada, question, MAIN)]).toEqual([question, '']);
  }
});

test('nothing that asks is told how a command goes, whatever it begins with', () => {
  const reading = {
    isAdmin: true,
    shown: 3,
    spokeUnasked: false,
    isAwaited: false,
    isPaused: false,
    isAsked: false,
    isForgotten: false,
  };
  const words = fc.constantFrom(...COMMANDS.map(({ name }) => name), ...QUESTIONS.map((question) => question.slice(0, 4)), '');
  const asking = fc.constantFrom('？', '?', '怎么办', '是什么', '在哪里');
  fc.assert(
    fc.property(words, anyText, asking, fc.boolean(), (word, text, asks, isCalled) => {
      expect(misspoken(`${word}${text}${asks}`, isCalled, reading)).toBeUndefined();
      void misspoken(`${word}${text}`, isCalled, reading);
    }),
  );
});

test('what an admin would have meant as a command is a question of everybody else', async () => {
  const { say } = await openGroup();
  for (const text of ['隐藏 文件夹', '别名 老蔡', '暂停 十分钟']) {
    expect(await say(dan, `@群史 ${text}`, MAIN)).toMatch(`「${text}」\n`);
    expect(await say(dan, text, MAIN)).toBe('');
  }
});

test('a time is read as people write it, and 自动 needs no mention of an admin', async () => {
  const { say, state } = await openGroup();
  for (const time of ['日报 9点', '日报 9:00', '日报：９：００', '日报 09时00分']) await say(ada, time, MAIN);
  expect(state.audit.latest(9).filter(({ result }) => result === 'done')).toHaveLength(4);
  expect(state.rooms.get(MAIN.topic).digest).toBe('09:00');
  expect(await say(ada, '自动', MAIN)).toBe(replies.unaskedIs(false));
  expect(await say(ben, '自动', MAIN)).toBe('');
});

test('the audit tells of what was said in the wrong place that it was refused', async () => {
  const { say, state } = await openGroup();
  expect(await say(ada, '停用')).toBe(memberReplies.onlyIn.room);
  expect(await say(dan, '停用')).toBe(memberReplies.adminsOnly);
  expect(state.audit.latest(9).map(({ who, result }) => [who, result])).toEqual([
    [dan.name, 'refused: no admin'],
    [ada.name, 'refused: said in the wrong place'],
  ]);
});
