/** Which words are commands, however they are typed, and which are talk. */
import { describe, expect, test } from 'vitest';
import { commandIn } from '../../../bot/conversation/commands/table.js';

const read = (text: string) => {
  const spoken = commandIn(text);
  return spoken && [spoken.command.name, spoken.argument];
};

describe('opening a thread by its number', () => {
  test.each(['1', '１', ' 1 ', '1。', '①', '1\u3000'])('%j alone', (text) => {
    expect(read(text)).toEqual(['数字', '1']);
  });
  test.each(['展开2', '展开 2', '展开　２', '展开第2段', '展开二', '「展开 2」', '展开 ２ \u200b'])('%j', (text) => {
    expect(read(text)).toEqual(['展开', '2']);
  });
  test('all ten excerpts of an answer can be opened', () => {
    expect(read('10')).toEqual(['数字', '10']);
    expect(read('展开十')).toEqual(['展开', '10']);
  });
});

test.each([
  ['更多', '更多', ''],
  ['「更多」', '更多', ''],
  ['更多 ', '更多', ''],
  ['上文', '上文', ''],
  ['下文', '下文', ''],
  ['帮助', '帮助', ''],
  ['Help', '帮助', ''],
  ['ＨＥＬＰ', '帮助', ''],
  ['重载。', '重载', ''],
  ['自动　开', '自动 开', ''],
  ['自动关 ', '自动 关', ''],
  ['撤', '撤', ''],
  ['撤２', '撤', '2'],
  ['没用 第3段', '没用', '3'],
  ['隐藏 1', '隐藏', '1'],
  ['隐藏', '隐藏 清单', ''],
  ['恢复 第2段', '恢复 n', '2'],
  ['绑定：１２３４５６７８', '绑定', '12345678'],
  ['绑定 12345678\u2005', '绑定', '12345678'],
  ['绑定 验证码：1234 5678', '绑定', '12345678'],
  ['词：同步带', '词', '同步带'],
  ['别名 老许＝许工', '别名', '老许＝许工'],
  ['别名 老许 = 许工', '别名', '老许 = 许工'],
  ['管理员', '管理员', ''],
  ['管理员 加 @老 许\u2005', '管理员 加', '@老 许'],
  ['管理员减@老许', '管理员 减', '@老许'],
  ['恢复@老许', '恢复 某人', '@老许'],
  ['忘记我！', '忘记我', ''],
])('%j means %s %s', (text, name, argument) => {
  expect(read(text)).toEqual([name, argument]);
});

test.each([
  '0',
  '01',
  '217',
  '1个',
  '第1条',
  '一',
  '1号机坏了',
  '更多信息在哪里',
  '展开',
  '展开说说',
  '1 2',
  '',
  '「重载」',
  '“重载”',
  '老许：重载',
  '重载一下',
  '请重载',
  '老许:\n重载',
  '忘记我说的',
  '绑定手机怎么弄',
  '词典',
  '别名',
  `重载${' '.repeat(300)}`,
])('%j is no command', (text) => {
  expect(read(text)).toBeUndefined();
});
