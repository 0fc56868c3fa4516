/** The text files of WeFlow and echotrace: names in single quotes, quotations behind the reply. */
import { describe, expect, it } from 'vitest';
import { weflowText } from '../../../../knowledge/archive/formats/weflow-text.js';
import { cleanBody } from '../../../../knowledge/text/clean.js';
import { kindsOf, readFixture, readWritten } from './export-for-test.js';

describe('a group', () => {
  it('has time, name and text; a name may hold quotes', async () => {
    const { said, skipped } = await readFixture(weflowText, 'weflow-text/group.txt');
    expect(said[0]).toEqual(['2023-12-20 00:00:00', '李三弦', '夜里还练琴吗']);
    expect(said[1]).toEqual(['2023-12-20 00:00:10', "O'Brien 'Bob'", '练']);
    expect(said).toHaveLength(9);
    expect(skipped).toEqual([]);
  });

  it('has the original behind the reply, which may hold brackets', async () => {
    const { messages } = await readFixture(weflowText, 'weflow-text/group.txt');
    expect(messages[1]?.quoted).toEqual({ name: '李三弦', text: '夜里还练琴吗' });
    expect(messages[5]).toMatchObject({ body: '', quoted: { name: "O'Brien 'Bob'", text: '[图片]' } });
  });

  it('keeps 我 as it is printed, and knows what is no talk', async () => {
    const group = await readFixture(weflowText, 'weflow-text/group.txt');
    expect(group.messages[3]?.name).toBe('我');
    expect(kindsOf(group).filter((kind) => kind !== undefined)).toEqual(['image', 'video', 'card', 'file']);
    expect(group.messages[8]).toMatchObject({ body: '看看 [图片] 这个按钮在哪' });
  });
});

it('prints notices under the name of whoever exported, and the archive knows them by their words', async () => {
  const { messages } = await readFixture(weflowText, 'weflow-text/group.txt');
  expect(messages[3]?.name).toBe('我');
  expect(cleanBody(messages[3]?.body ?? '').kind).toBe('system');
});

it('divides a quotation by a name that has spoken, though it holds the sign that divides', async () => {
  const { messages } = await readWritten(weflowText, {
    'a.txt': "2024-01-01 10:00:00 '小王：客服'\n在吗\n\n2024-01-01 10:00:05 '甲'\n在[引用 小王：客服：在吗]\n",
  });
  expect(messages[1]).toMatchObject({ body: '在', quoted: { name: '小王：客服', text: '在吗' } });
});
