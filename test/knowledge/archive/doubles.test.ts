/** The same message exported twice is one message; alike messages of two people are two. */
import { describe, expect, it } from 'vitest';
import { day, loadFiles, namesOf } from './archive-on-disk.js';

const FILE = '书友/2025-03-04-chat.markdown';

type Said = readonly [string, string, string];

/** What two people see of one conversation, merged into one file: each message under the nickname, then under the card. */
function mergedDay(cards: Readonly<Record<string, string>>, ...messages: readonly Said[]): string {
  return day(
    ...messages.flatMap(([time, name, text]): Said[] => [
      [time, name, text],
      [time, cards[name] ?? name, text],
    ]),
  );
}

const cards = { 纸鹤: '周知鹤-折纸鹤-设计', 老秦: '秦守义-守拙机加-车铣', 阿棠: '阿棠' };
const talk: readonly Said[] = [
  ['09:00:00', '纸鹤', '激光切亚克力的边怎么才能不发黄'],
  ['09:00:10', '老秦', '功率低一点，走两遍'],
  ['09:00:20', '老秦', '再贴一层美纹纸'],
  ['09:00:30', '纸鹤', '[强]'],
  ['09:00:30', '阿棠', '[强]'],
  ['09:00:40', '阿棠', '我家的机器也是这样调的'],
];

describe('two exports merged into one file', () => {
  it('hold each message once, with both addresses and both names', async () => {
    const archive = await loadFiles({ [FILE]: mergedDay(cards, ...talk) });
    expect(archive.messages.map(({ text }) => text)).toEqual(talk.map(([, , text]) => text));
    expect(archive.doubles).toBe(talk.length);
    expect(archive.messages[0]).toMatchObject({ file: FILE, line: 5, copies: [{ file: FILE, line: 9 }] });
    expect(namesOf(archive, '纸鹤')).toEqual(['周知鹤-折纸鹤-设计', '纸鹤']);
    expect(namesOf(archive, '老秦')).toEqual(['秦守义-守拙机加-车铣', '老秦']);
    expect(archive.people.speakers).toHaveLength(3);
  });

  it('give each of several [强] in one second its own copy', async () => {
    const archive = await loadFiles({ [FILE]: mergedDay(cards, ...talk) });
    const thumbs = archive.messages.filter(({ text }) => text === '[强]');
    expect(thumbs.map(({ name, copies }) => [name, copies.length])).toEqual([
      ['纸鹤', 1],
      ['阿棠', 1],
    ]);
  });

  it('may round the second differently', async () => {
    const later = talk.flatMap(([time, name, text]): Said[] => [
      [time, name, text],
      [time.replace(/.$/, '1'), cards[name as '纸鹤'], text],
    ]);
    const archive = await loadFiles({ [FILE]: day(...later.sort((a, b) => (a[0] < b[0] ? -1 : 1))) });
    expect(archive.messages).toHaveLength(talk.length);
  });

  it('need not hold everything twice', async () => {
    const once: readonly Said[] = [
      ['10:00:00', '小满', '只有一个导出里有这一句'],
      ['10:00:05', '小满', '这一句也是'],
    ];
    const archive = await loadFiles({
      [FILE]: `${mergedDay(cards, ...talk)}${day(...once)
        .split('---\n')
        .at(-1)}`,
    });
    expect(archive.messages).toHaveLength(talk.length + once.length);
  });
});

describe('one export', () => {
  it('holds what two people typed alike as two messages', async () => {
    const said: readonly Said[] = [
      ['09:00:00', '纸鹤', '今天的分享就到这里了，谢谢大家'],
      ['09:00:05', '老秦', '[强][强][强]'],
      ['09:00:05', '阿棠', '[强][强][强]'],
      ['09:00:09', '老秦', '新年快乐，祝大家万事如意身体健康'],
      ['09:00:09', '小满', '新年快乐，祝大家万事如意身体健康'],
      ['09:01:00', '小满', '请问明天还有课吗'],
      ['09:01:30', '纸鹤', '明天下午两点继续'],
      ['09:02:00', '阿棠', '好的，我明天带材料过来'],
    ];
    const archive = await loadFiles({ [FILE]: day(...said) });
    expect(archive.messages).toHaveLength(said.length);
    expect(archive.people.speakers).toHaveLength(4);
  });

  it('holds two empty messages of one person as two', async () => {
    const archive = await loadFiles({
      [FILE]: day(['09:00:00', '纸鹤', ''], ['09:00:01', '纸鹤', ''], ['09:00:01', '纸鹤', '']),
    });
    expect(archive.messages).toHaveLength(3);
  });
});

describe('overlapping exports in two files', () => {
  const before: Said = ['08:59:00', '老秦', '早上好'];
  const after: Said = ['09:05:00', '小满', '谢谢，我去试试'];
  const first = day(before, ...talk);
  const second = day(...talk.map(([time, name, text]): Said => [time, cards[name as '纸鹤'], text]), after);

  it('are one conversation, and tell who is who', async () => {
    const archive = await loadFiles({ [FILE]: first, '书友/export-2025-03-04.markdown': second });
    expect(archive.messages.map(({ text }) => text)).toEqual([before, ...talk, after].map(([, , text]) => text));
    expect(archive.messages[1]).toMatchObject({
      file: FILE,
      line: 9,
      copies: [{ file: '书友/export-2025-03-04.markdown', line: 5 }],
    });
    expect(namesOf(archive, '老秦')).toEqual(['秦守义-守拙机加-车铣', '老秦']);
  });

  it('the same file twice adds nothing', async () => {
    const archive = await loadFiles({ [FILE]: first, '书友/2025-03-04-copy.markdown': first });
    expect(archive.messages).toHaveLength(1 + talk.length);
    expect(archive.doubles).toBe(1 + talk.length);
  });
});

describe('two rooms', () => {
  it('each keep an announcement sent to both', async () => {
    const archive = await loadFiles({ [FILE]: day(...talk), '木工/2025-03-04-chat.markdown': day(...talk) });
    expect(archive.messages).toHaveLength(2 * talk.length);
    expect(archive.messages.every(({ copies }) => copies.length === 0)).toBe(true);
  });
});

describe('platform ids', () => {
  const row = (more: object) =>
    JSON.stringify({
      _type: 'message',
      sender: 'a',
      accountName: '纸鹤',
      timestamp: 1741050000,
      type: 0,
      content: '好',
      ...more,
    });

  it('decide: the same id is one message, another id is another', async () => {
    const archive = await loadFiles({
      '书友/a.jsonl': [row({ platformMessageId: '1' }), row({ platformMessageId: '1' }), row({ platformMessageId: '2' })].join(
        '\n',
      ),
      '书友/b.jsonl': row({ platformMessageId: '2' }),
    });
    expect(archive.messages.map(({ copies }) => copies.length)).toEqual([1, 1]);
  });
});

describe('thousands of messages in one second', () => {
  it('are all there', async () => {
    const said = Array.from({ length: 5000 }, (_, i): Said => ['09:00:00', i % 2 === 0 ? '纸鹤' : '老秦', '[强]']);
    const archive = await loadFiles({ [FILE]: day(...said) });
    expect(archive.messages).toHaveLength(5000);
  });
});
