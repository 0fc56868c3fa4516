/** The .xls of 同步助手: a table in HTML and GBK. */
import { describe, expect, it } from 'vitest';
import { tongbuTable } from '../../../../knowledge/archive/formats/tongbu-table.js';
import { kindsOf, readFixture, readWritten } from './export-for-test.js';

const row = (...cells: readonly string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
const HEADING = row('wxId', 'dateTime', 'nickName', 'wechatNo', 'status', 'type', 'content');

describe('a table', () => {
  it('is read from GBK, with entities and line breaks', async () => {
    const { said, messages, skipped } = await readFixture(tongbuTable, 'tongbu-xls/chat.xls');
    expect(said.slice(0, 2)).toEqual([
      ['2014-05-06 10:11:12', '荷花池', '钥匙放在门卫 & 前台'],
      ['2014-05-06 10:12:00', '稿子先生', '收到\n谢谢'],
    ]);
    expect(messages[0]).toMatchObject({ line: 2, sender: 'wxid_hehua01' });
    expect(skipped).toEqual(['8: a row without a time ("昨天"), left out']);
  });

  it('has the address of a link on the next line of the cell, or alone in the next row', async () => {
    const { said } = await readFixture(tongbuTable, 'tongbu-xls/chat.xls');
    expect(said[2]?.[2]).toBe('开门指南\nhttps://example.com/door');
    expect(said[3]?.[2]).toBe('关门指南\nhttps://example.com/close');
  });

  it('does not take the number of the room for a person', async () => {
    const { messages } = await readFixture(tongbuTable, 'tongbu-xls/chat.xls');
    expect(messages[4]).toMatchObject({ name: 'dao_cao3', sender: 'dao_cao3' });
  });

  it('says what is no talk', async () => {
    const kinds = kindsOf(await readFixture(tongbuTable, 'tongbu-xls/chat.xls'));
    expect(kinds).toEqual([undefined, undefined, 'link', 'link', 'image', 'system']);
  });

  it('is read by the names of its columns, in any order, and with tags that are not closed', async () => {
    const { said } = await readWritten(tongbuTable, {
      'a.xls': '<table><tr><td>content<td>nickName<td>dateTime<td>wxId<tr><td>早<td>甲<td>2014-05-06 10:11:12<td>wxid_a1',
    });
    expect(said).toEqual([['2014-05-06 10:11:12', '甲', '早']]);
  });

  it('keeps a row before its end was cut off', async () => {
    const text = `<table>${HEADING}${row('a', '2014-05-06 10:11:12', '甲', '', '', '文本', '早')}<tr><td>b</td><td>2014-05`;
    const { said, skipped } = await readWritten(tongbuTable, { 'a.xls': text });
    expect(said).toHaveLength(1);
    expect(skipped).toEqual(['3: a row without a time ("2014-05"), left out']);
  });
});
