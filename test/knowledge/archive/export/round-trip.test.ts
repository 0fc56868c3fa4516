/** A room that was written out comes back the same: everything in ChatLab's format, in Markdown what a post has a place for. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportRoom, importExport } from '../../../../knowledge/archive/exchange.js';
import type { ExportOptions } from '../../../../knowledge/archive/export/export-room.js';
import { runs } from '../../../properties.js';
import { archiveOnDisk, load } from '../archive-on-disk.js';

const zone = 'Asia/Shanghai';
const START = 1714525200;

/** People with accounts and names, as a group has them. */
const PEOPLE = [
  { sender: 'wxid_a', accountName: '豆浆', groupNickname: '豆浆-城南店' },
  { sender: 'wxid_b', accountName: '油条' },
  { sender: '@name:花 卷', accountName: '花 卷' },
  { sender: '@name:12:30:00', accountName: '12:30:00' },
] as const;

const line = fc.oneof(
  fc.constantFrom(
    '> 10:00:00  豆浆',
    '>',
    '> 引用',
    '---',
    'layout: x',
    '10:00:00',
    '好',
    '[强]',
    '# 标题',
    '「半句',
    '- - - - -',
    'a < b && c',
  ),
  fc.string({ unit: fc.constantFrom('中', 'a', ' ', '1', '：', '>', '「', '」', '-'), maxLength: 12 }),
);
const text = fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n'));
const message = fc.record({
  who: fc.nat(PEOPLE.length - 1),
  at: fc.integer({ min: 0, max: 3 * 86_400 }),
  text,
  type: fc.constantFrom(0, 0, 0, 1, 2, 4, 7, 20, 26, 80),
  quotes: fc.boolean(),
  replies: fc.boolean(),
});
const talk = fc.array(message, { minLength: 1, maxLength: 12 });

function chatlab(messages: readonly (typeof message extends fc.Arbitrary<infer One> ? One : never)[]): string {
  return messages
    .map(({ who, at, text, type, quotes, replies }, i) =>
      JSON.stringify({
        ...{ _type: 'message', ...PEOPLE[who], timestamp: START + at, type },
        content: quotes ? `「豆浆：要几根」\n- - - - - - - - - - - - - - -\n${text}` : text,
        ...{ platformMessageId: `id${i}`, ...(replies && i > 0 ? { replyToMessageId: `id${i - 1}` } : {}) },
      }),
    )
    .join('\n');
}

async function imported(file: string): Promise<string> {
  const archive = archiveOnDisk();
  const staged = await importExport(file, { archive, zone, room: '群' });
  await staged.commit();
  return archive;
}

async function writtenOut(archive: string, format: ExportOptions['format']): Promise<string> {
  const out = archiveOnDisk();
  await exportRoom({ archive, zone, room: '群', format, out });
  return out;
}

async function messagesIn(archive: string) {
  const { messages, people } = await load(archive);
  return messages.map(({ at, name, text, kind, quoted, replyTo, speaker }) => ({
    ...{ at, name, text, kind, quoted, replyTo },
    names: people.speakers[speaker]?.names.toSorted(),
  }));
}

/** The lines of every file but headers, which tell when it was made. */
function linesIn(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.jsonl'));
  return files.sort().flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n').slice(1));
}

describe('ChatLab', () => {
  it('holds everything', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(talk, async (messages) => {
        const archive = await imported(join(archiveOnDisk({ 'a.jsonl': chatlab(messages) }), 'a.jsonl'));
        const once = await writtenOut(archive, 'chatlab');
        const back = await imported(once);
        expect(await messagesIn(back)).toEqual(await messagesIn(archive));
        expect(linesIn(await writtenOut(back, 'chatlab'))).toEqual(linesIn(once));
      }),
      runs(40),
    );
  });

  it('adds nothing to the archive from which it comes', async () => {
    const file = join(archiveOnDisk({ 'a.jsonl': chatlab(fc.sample(talk, { numRuns: 1, seed: 5 })[0] ?? []) }), 'a.jsonl');
    const archive = await imported(file);
    const staged = await importExport(await writtenOut(archive, 'chatlab'), { archive, zone, room: '群' });
    expect(staged.report.added).toBe(0);
    await staged.discard();
  });
});

const plainly = { who: 0, at: 0, type: 0, quotes: false, replies: false };
const replyLikeTheEndOfAQuotation = [
  { ...plainly, text: '要几根' },
  { ...plainly, text: '」\n- - - - -\n两根', replies: true },
];

describe('Markdown', () => {
  it('holds times, names, texts and quotations, also where a text looks like a header', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(talk, async (messages) => {
        const plain = messages
          .map((one) => ({ ...one, type: 0 as const }))
          // Without ids, what a post cannot hold: the same words again within a second are one message exported twice.
          .filter((one, i, all) => !all.slice(0, i).some(({ at, text }) => text === one.text && Math.abs(at - one.at) <= 1));
        const archive = await imported(join(archiveOnDisk({ 'a.jsonl': chatlab(plain) }), 'a.jsonl'));
        const back = await imported(await writtenOut(archive, 'markdown'));
        const said = async (from: string) =>
          (await messagesIn(from)).map(({ at, name, text, kind, quoted }) => ({ at, name, text, kind, quoted: quoted?.text }));
        const expected = await said(archive);
        const found = await said(back);
        // A reply that had an id alone gets a quotation.
        expect(found.map((one, i) => ({ ...one, quoted: expected[i]?.quoted && one.quoted }))).toEqual(expected);
      }),
      { ...runs(40), examples: [[replyLikeTheEndOfAQuotation]] },
    );
  });

  it('keeps a notice nobody’s, so that a post adds nothing to the archive from which it comes', async () => {
    const notice = { _type: 'message', sender: '@name:', timestamp: START + 5, type: 80, content: '豆浆邀请油条加入了群聊' };
    const talk = chatlab([{ ...plainly, type: 0, text: '要几根' }]);
    const archive = await imported(join(archiveOnDisk({ 'a.jsonl': `${talk}\n${JSON.stringify(notice)}` }), 'a.jsonl'));
    const posts = await writtenOut(archive, 'markdown');
    const back = await importExport(posts, { archive: archiveOnDisk(), zone, room: '群' });
    expect(back.report.people).toBe(1);
    await back.discard();
    const again = await importExport(posts, { archive, zone, room: '群' });
    expect(again.report.added).toBe(0);
    await again.discard();
    expect(linesIn(await writtenOut(archive, 'chatlab')).some((line) => line.includes('■'))).toBe(false);
  });

  it('is the layout of the original', async () => {
    const archive = archiveOnDisk({
      '群/2024-05-01.jsonl': [
        JSON.stringify({
          _type: 'message',
          sender: 'a',
          accountName: '豆浆',
          timestamp: START,
          type: 0,
          content: '要几根\n> 9:00:00 前',
        }),
        JSON.stringify({
          _type: 'message',
          sender: 'b',
          accountName: '油条',
          timestamp: START + 9,
          type: 80,
          content: '"油条"走了',
        }),
        JSON.stringify({
          _type: 'message',
          sender: 'b',
          accountName: '油条',
          timestamp: START + 10,
          type: 0,
          content: '@群史 几点',
          bot: true,
        }),
      ].join('\n'),
    });
    const out = archiveOnDisk();
    const written = await exportRoom({ archive, zone, room: '群', format: 'markdown', out });
    expect(written).toEqual({ files: 1, messages: 2, lost: { bot: 1, accounts: 2, names: 0, kinds: 1 } });
    expect(readFileSync(join(out, '2024-05-01-chat.markdown'), 'utf8').split('\n')).toEqual([
      ...['---', 'layout:     source ', 'title:      "2024-05-01-WeChat"', 'date:       2024-05-01 12:00:00', 'author:     "群"'],
      ...['lines:      2 ', 'tag:        [chat]', '---'],
      ...['> 09:00:00  豆浆  ', '   ', '要几根', ' > 9:00:00 前  ', '   '],
      ...['> 09:00:09  油条  ', '   ', '"油条"走了  ', '   ', ''],
    ]);
  });
});

describe('what is asked for', () => {
  const archive = () =>
    archiveOnDisk({
      '群/a.jsonl': [0, 1, 2]
        .map((day) =>
          JSON.stringify({
            _type: 'message',
            sender: 'a',
            accountName: '豆浆',
            timestamp: START + day * 86_400,
            type: 0,
            content: '早',
          }),
        )
        .join('\n'),
    });

  it('may be some days', async () => {
    const out = archiveOnDisk();
    await exportRoom({ archive: archive(), zone, room: '群', format: 'chatlab', out, from: '2024-05-02', to: '2024-05-02' });
    expect(readdirSync(out)).toEqual(['2024-05-02.jsonl']);
  });

  it('must be a room of the archive', async () => {
    const wrong = exportRoom({ archive: archive(), zone, room: '别的群', format: 'chatlab', out: archiveOnDisk() });
    await expect(wrong).rejects.toThrow('the archive has no room 别的群; it has 群');
  });
});
