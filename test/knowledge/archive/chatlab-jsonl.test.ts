/** ChatLab JSONL: members give names, ids give replies, and a broken line costs only itself. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chatlabJsonl } from '../../../knowledge/archive/formats/chatlab-jsonl.js';
import { loadFiles, namesOf, shanghai, warningsOf } from './archive-on-disk.js';

const header = {
  _type: 'header',
  chatlab: { version: '0.0.2', exportedAt: 1741100000 },
  meta: { name: '书友', platform: 'wechat' },
};
const AT = shanghai.instant('2025-03-04', 9 * 3600) / 1000;

function message(sender: string, content: string, more: object = {}): object {
  return { _type: 'message', sender, timestamp: AT, type: 0, content, ...more };
}

function jsonl(...rows: readonly (object | string)[]): string {
  return rows.map((row) => `${typeof row === 'string' ? row : JSON.stringify(row)}\n`).join('');
}

const load = (...rows: readonly (object | string)[]) => loadFiles({ '书友/2025-03-04.jsonl': jsonl(...rows) });

describe('a live capture', () => {
  it('has the card as name, the account name as another, and its own lines', async () => {
    const archive = await load(
      header,
      { _type: 'member', platformId: 'wxid_a', accountName: '纸鹤', groupNickname: '周知鹤-折纸鹤-设计' },
      message('wxid_a', '早'),
      message('wxid_b', '早啊', { accountName: '老秦', timestamp: AT + 5 }),
    );
    expect(archive.messages.map(({ line, name, text, room, at }) => [line, name, text, room, at])).toEqual([
      [3, '周知鹤-折纸鹤-设计', '早', '书友', AT * 1000],
      [4, '老秦', '早啊', '书友', AT * 1000 + 5000],
    ]);
    expect(namesOf(archive, '纸鹤')).toEqual(['周知鹤-折纸鹤-设计', '纸鹤']);
    expect(warningsOf(archive)).toEqual([]);
  });

  it('links a reply by its id, be it a string or a number', async () => {
    const archive = await load(
      header,
      message('a', '要预热吗', { platformMessageId: '7712345678901234567' }),
      message('b', '在吗', { platformMessageId: 12, timestamp: AT + 1 }),
      message('c', '不用', { type: 25, replyToMessageId: '7712345678901234567', timestamp: AT + 2 }),
      message('c', '在', { type: 25, replyToMessageId: 12, timestamp: AT + 3 }),
      message('c', '？', { type: 25, replyToMessageId: 'gone', timestamp: AT + 4 }),
    );
    expect(archive.messages.map(({ replyTo }) => replyTo)).toEqual([undefined, undefined, 0, 1, undefined]);
  });

  it('says what kind a message is', async () => {
    const types = [0, 1, 2, 3, 4, 5, 7, 20, 21, 25, 80, 81, 99];
    const archive = await load(header, ...types.map((type, i) => message('a', `说 ${i}`, { type, timestamp: AT + i })));
    expect(archive.messages.map(({ kind }) => kind)).toEqual([
      'text',
      'image',
      'voice',
      'video',
      'file',
      'emoji',
      'link',
      'redpacket',
      'redpacket',
      'text',
      'system',
      'system',
      'text',
    ]);
  });

  it('knows by its mark, and by nothing else, what live capture kept of the bot', async () => {
    const marks = [{ bot: true }, {}, { bot: false }, { bot: 'true' }, { bot: null }];
    const archive = await load(header, ...marks.map((mark, i) => message('a', `说 ${i}`, { ...mark, timestamp: AT + i })));
    expect(archive.messages.map(({ kind }) => kind)).toEqual(['bot', 'text', 'text', 'text', 'text']);
    expect(archive.warnings).toEqual([]);
  });

  it('knows one sender under every name he had', async () => {
    const archive = await load(
      header,
      message('a', '早', { groupNickname: '阿棠' }),
      message('a', '晚', { groupNickname: '阿棠-半亩工坊', timestamp: AT + 60 }),
    );
    expect(archive.people.speakers).toHaveLength(1);
  });

  it('keeps two people of one name apart', async () => {
    const archive = await load(
      header,
      message('wxid_a', '我在苏州', { accountName: '小王' }),
      message('wxid_b', '我在杭州', { accountName: '小王', timestamp: AT + 60 }),
    );
    expect(archive.messages[0]?.speaker).not.toBe(archive.messages[1]?.speaker);
    expect(archive.people.find('小王')).toHaveLength(2);
  });

  it('takes ids that change at a login for one person, unless both talk at once', async () => {
    const said = (...senders: readonly string[]) =>
      load(header, ...senders.map((sender, i) => message(sender, `第 ${i} 句`, { accountName: '小王', timestamp: AT + i })));
    expect((await said('@1f', '@1f', '@2e', '@2e')).people.speakers).toHaveLength(1);
    expect((await said('@1f', '@2e', '@1f', '@2e')).people.speakers).toHaveLength(2);
  });
});

describe('faults', () => {
  it('each costs its own line and is told with it', async () => {
    const archive = await load(
      header,
      '{"_type":"message","sender":"a","timest',
      message('a', '早'),
      '[1, 2]',
      { _type: 'poll', question: '?' },
      { _type: 'member', accountName: '小满' },
      { _type: 'message', sender: 'a', type: 0, content: '没有时间' },
      message('a', '毫秒', { timestamp: AT * 1000 }),
      message('a', '晚', { timestamp: AT + 60 }),
    );
    expect(archive.messages.map(({ text, line }) => [text, line])).toEqual([
      ['早', 3],
      ['晚', 9],
    ]);
    expect(warningsOf(archive)).toEqual([
      '书友/2025-03-04.jsonl:2: not a JSON object with "_type", line left out',
      '书友/2025-03-04.jsonl:4: not a JSON object with "_type", line left out',
      '书友/2025-03-04.jsonl:5: unknown "_type" "poll", line left out',
      '书友/2025-03-04.jsonl:6: a member line without platformId, left out',
      '书友/2025-03-04.jsonl:7: a message with a wrong timestamp, left out',
      '书友/2025-03-04.jsonl:8: a message with a wrong timestamp, left out',
    ]);
  });

  it('is recognised though its first line is torn', async () => {
    const archive = await load('{"_type":"hea', message('a', '早'));
    expect(archive.messages).toHaveLength(1);
  });

  it('never end in an exception', () => {
    const value = fc.oneof(fc.jsonValue(), fc.string(), fc.integer());
    const row = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc
        .record(
          {
            _type: fc.constantFrom('header', 'member', 'message', 'x'),
            sender: value,
            timestamp: value,
            type: value,
            content: value,
          },
          { requiredKeys: [] },
        )
        .map((record) => JSON.stringify(record)),
    );
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const context = { file: 'a/b.jsonl', clock: shanghai, warn: (line: number) => expect(line).toBeGreaterThan(0) };
        for (const { at } of chatlabJsonl.read(rows.join('\n'), context)) expect(() => shanghai.local(at)).not.toThrow();
      }),
    );
  });
});
