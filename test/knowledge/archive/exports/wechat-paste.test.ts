/** Talk copied from WeChat on a computer: with times, and without. */
import { describe, expect, it } from 'vitest';
import { wechatPaste } from '../../../../knowledge/archive/formats/wechat-paste.js';
import { cleanBody } from '../../../../knowledge/text/clean.js';
import { kindsOf, readFixture, readWritten } from './export-for-test.js';

describe('with times', () => {
  it('has the time at the end of the header, in several spellings', async () => {
    const { said, skipped } = await readFixture(wechatPaste, 'wechat-paste/timed.txt');
    expect(said.slice(0, 3)).toEqual([
      ['2024-01-01 12:00:00', '橘子皮', '晚上几点开始？'],
      ['2024-01-01 12:01:05', '时间:七点 老陈', '七点\n上次 2023-01-01 12:00 也是七点'],
      ['2024-01-01 12:02:00', '橘子皮', '[图片]'],
    ]);
    expect(skipped).toEqual([]);
    const others = await readWritten(wechatPaste, { 'a.txt': '甲: 2024年1月2日 9:05\n早\n\n乙  2024-01-02 09:06\n早\n' });
    expect(others.said).toEqual([
      ['2024-01-02 09:05:00', '甲', '早'],
      ['2024-01-02 09:06:00', '乙', '早'],
    ]);
  });

  it('leaves the quotation in the form in which every format has it', async () => {
    const timed = await readFixture(wechatPaste, 'wechat-paste/timed.txt');
    expect(cleanBody(timed.messages[3]?.body ?? '')).toMatchObject({
      text: '好',
      quoted: { name: '时间:七点 老陈', text: '七点' },
    });
    expect(kindsOf(timed)[2]).toBe('image');
  });
});

describe('without times', () => {
  it('needs a date, and keeps the order by ten seconds a message', async () => {
    expect((await readFixture(wechatPaste, 'wechat-paste/names.txt')).said.map(([at]) => at)).toEqual(Array(3).fill('undated'));
    expect((await readFixture(wechatPaste, 'wechat-paste/names.txt', { date: '2024-03-01' })).said).toEqual([
      ['2024-03-01 00:00:00', '橘子皮', '晚上几点开始？'],
      ['2024-03-01 00:00:10', '老陈', '七点\n老地方，步骤如下：'],
      ['2024-03-01 00:00:20', '橘子皮', '好'],
    ]);
  });
});
