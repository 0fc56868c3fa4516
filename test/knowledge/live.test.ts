/** What people say now: recorded, found, taken back, and still there after a restart. */
import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { folderOfRoom, roomOfFolder } from '../../knowledge/archive/room-folders.js';
import { type Knowledge, openKnowledge } from '../../knowledge/index.js';
import { keepArchive } from '../../knowledge/keeping.js';
import { archiveOnDisk, day, put, shanghai } from './archive/archive-on-disk.js';
import { everyMessage, everythingIn, live, temporaryFolder } from './kept-archive.js';
import { DAY_AFTER, LASER_ROOM, MAIN_ROOM, SAMPLE } from './sample-for-test.js';

const NOON = Date.parse('2025-03-24T12:00:00+08:00');
const MINUTE = 60_000;
const FILE = '甲/live/2025-03-24.jsonl';

async function opened(archive: string, snapshot?: string): Promise<Knowledge> {
  const knowledge = await openKnowledge({ archive, now: () => NOON, ...(snapshot === undefined ? {} : { snapshot }) });
  onTestFinished(() => knowledge.close());
  return knowledge;
}

const textsOf = (knowledge: Knowledge) => everyMessage(knowledge).map(({ text }) => text);

async function found(knowledge: Knowledge, words: string): Promise<readonly string[]> {
  const { excerpts } = await knowledge.ask(`"${words}"`);
  return excerpts.flatMap(({ quotes }) => quotes.map(({ text }) => text));
}

describe('a recorded message', () => {
  it('is found by the next question, which need not wait for it', async () => {
    const knowledge = await opened(archiveOnDisk());
    void knowledge.record(live('1', NOON, '丝材要烘六个小时'));
    expect(await found(knowledge, '六个小时')).toEqual(['丝材要烘六个小时']);
    expect(knowledge.summary()).toMatchObject({ messages: 1, rooms: ['甲'], lastDate: '2025-03-24' });
  });

  it('is what any reader of ChatLab JSONL finds, in a file of its room and day that its owner alone can read', async () => {
    const archive = archiveOnDisk();
    const knowledge = await opened(archive);
    await knowledge.record(
      live('1', NOON + 500, '好\n的', { groupNickname: '小鱼-某厂', quoted: { name: '豆豆', text: '走吗' } }),
    );
    const [header, line, end] = readFileSync(join(archive, FILE), 'utf8').split('\n');
    expect(JSON.parse(header ?? '')).toMatchObject({ _type: 'header', chatlab: { version: '0.0.2' }, meta: { name: '甲' } });
    expect(JSON.parse(line ?? '')).toMatchObject({
      _type: 'message',
      sender: expect.stringMatching(/^@login-[0-9a-f]+:@a$/),
      accountName: '小鱼',
      groupNickname: '小鱼-某厂',
      timestamp: NOON / 1000,
      type: 0,
      content: '「豆豆：走吗」\n- - - - - - - - - - - - - - -\n好\n的',
      platformMessageId: '1',
    });
    expect(end).toBe('');
    expect(statSync(join(archive, FILE)).mode & 0o777).toBe(0o600);
    await knowledge.ask('x');
    expect(everyMessage(knowledge)).toEqual([
      { place: `${FILE}:2`, at: NOON, speaker: '小鱼-某厂', text: '好\n的', kind: 'text' },
    ]);
  });

  it('keeps its kind', async () => {
    const knowledge = await opened(archiveOnDisk());
    const kinds = ['image', 'voice', 'video', 'file', 'emoji', 'link', 'redpacket', 'card', 'system', 'text'] as const;
    await Promise.all(kinds.map((kind, i) => knowledge.record(live(kind, NOON + i * MINUTE, `某${kind}`, { kind }))));
    await knowledge.ask('某');
    expect(everyMessage(knowledge).map(({ kind }) => kind)).toEqual(kinds);
  });

  it('stands once, however often it is delivered, also after a restart', async () => {
    const archive = archiveOnDisk();
    const first = await opened(archive);
    await Promise.all([1, 2, 3].map(() => first.record(live('1', NOON, '只说一次'))));
    await first.record(live('1', NOON + MINUTE, '只说一次'));
    await first.close();
    const second = await opened(archive);
    await second.record(live('1', NOON, '只说一次'));
    await second.record(live('1', NOON, '别的群也有这个号', { room: '乙' }));
    await second.ask('x');
    expect(textsOf(second)).toEqual(expect.arrayContaining(['只说一次', '别的群也有这个号']));
    expect(second.summary().messages).toBe(2);
  });

  it('that comes late lands at its time, in the file of its day', async () => {
    const archive = archiveOnDisk();
    const knowledge = await opened(archive);
    await knowledge.record(live('3', NOON, '三'));
    await knowledge.record(live('1', NOON - 24 * 60 * MINUTE, '一'));
    await knowledge.record(live('2', NOON - MINUTE, '二'));
    await knowledge.ask('x');
    expect(textsOf(knowledge)).toEqual(['一', '二', '三']);
    expect(readdirSync(join(archive, '甲/live'))).toEqual(['2025-03-23.jsonl', '2025-03-24.jsonl']);
    expect(everythingIn(await opened(archive))).toEqual(everythingIn(knowledge));
  });

  it('is refused when the disk refuses, and may be recorded again', async () => {
    const archive = archiveOnDisk({ '甲/2025-03-03-chat.markdown': day(['09:00:00', '小鱼', '早']) });
    const knowledge = await opened(archive);
    writeFileSync(join(archive, '甲/live'), '');
    await expect(knowledge.record(live('1', NOON, '写不下'))).rejects.toThrow(/ENOTDIR|EEXIST/);
    expect(textsOf(knowledge)).not.toContain('写不下');
    await knowledge.record(live('1', NOON, '写得下', { room: '乙' }));
    expect(await found(knowledge, '写得下')).toEqual(['写得下']);
  });

  it('is not read again from its file by a reload, unless somebody else changed that', async () => {
    const archive = archiveOnDisk();
    const kept = await keepArchive({
      archive,
      clock: shanghai,
      now: () => NOON,
      onProgress: () => undefined,
      onSnapshotFault: () => undefined,
      onChange: () => undefined,
    });
    onTestFinished(() => kept.close());
    await kept.record(live('1', NOON, '第一句话'));
    await kept.record(live('2', NOON, '第二句话'));
    const before = (await kept.latest()).library.archive;
    await kept.reload();
    expect(kept.held().library.archive.messages).toBe(before.messages);
    writeFileSync(join(archive, FILE), readFileSync(join(archive, FILE), 'utf8').replace('第二句话', '改过的话'));
    await kept.reload();
    await kept.record(live('3', NOON, '第三句话'));
    expect((await kept.latest()).library.archive.messages.map(({ text, line }) => [text, line])).toEqual([
      ['第一句话', 2],
      ['改过的话', 3],
      ['第三句话', 4],
    ]);
  });
});

describe('what was said to the bot', () => {
  it('has no place among the passages, and loses the one that an export alone had given it', async () => {
    const archive = archiveOnDisk({ '甲/2025-03-24-chat.markdown': day(['12:00:00', '小鱼', '@群史 丝材要烘多久']) });
    const keep = async () => {
      const kept = await keepArchive({
        archive,
        clock: shanghai,
        now: () => NOON,
        onProgress: () => undefined,
        onSnapshotFault: () => undefined,
        onChange: () => undefined,
      });
      onTestFinished(() => kept.close());
      return kept;
    };
    const positions = async (kept: Awaited<ReturnType<typeof keep>>) => [...(await kept.latest()).library.index.positionOf];
    const kept = await keep();
    expect(await positions(kept)).toEqual([0]);
    await kept.record(live('1', NOON, '@群史 丝材要烘多久', { kind: 'bot' }));
    await kept.record(live('2', NOON + MINUTE, '烘六个小时'));
    expect(await positions(kept)).toEqual([-1, 0]);
    expect(await positions(await keep())).toEqual([-1, 0]);
    // Taken back in the chat, it stays in the export, which says of it what it did before.
    await kept.recall('甲', '1');
    expect(await positions(kept)).toEqual([0, 1]);
  });
});

describe('a last line that a crash tore', () => {
  it.each([
    ['in the middle', '{"_type":"message","sen', ['第一句话', '第二句话']],
    [
      'before its end',
      JSON.stringify({ _type: 'message', sender: 'b', accountName: '豆豆', timestamp: NOON / 1000, type: 0, content: '完整' }),
      ['第一句话', '完整', '第二句话'],
    ],
  ])('%s is mended before anything is written behind it, and told', async (_, torn, expected) => {
    const archive = archiveOnDisk();
    const before = await opened(archive);
    await before.record(live('1', NOON, '第一句话'));
    await before.close();
    appendFileSync(join(archive, FILE), torn);
    const after = await opened(archive);
    if (expected.length === 2)
      expect(after.summary().warnings).toEqual([{ file: FILE, line: 3, what: expect.stringContaining('cut off in the middle') }]);
    await after.record(live('2', NOON + MINUTE, '第二句话'));
    await after.ask('x');
    expect(textsOf(after)).toEqual(expected);
    const again = await opened(archive);
    expect([textsOf(again), again.summary().warnings]).toEqual([expected, []]);
  });
});

describe('a message that was taken back', () => {
  it('is gone from answers, and its text from the file and the snapshot', async () => {
    const [archive, snapshot] = [archiveOnDisk(), temporaryFolder()];
    const knowledge = await opened(archive, snapshot);
    await knowledge.record(live('1', NOON, '这是银行卡的密码 petunia77'));
    await knowledge.record(live('2', NOON + MINUTE, '发错了'));
    await knowledge.ask('x');
    await knowledge.reload();
    await knowledge.settled();
    const everyByte = () =>
      [join(archive, FILE), ...readdirSync(snapshot).map((file) => join(snapshot, file))]
        .map((file) => readFileSync(file, 'utf8'))
        .join();
    expect(everyByte().match(/petunia77/g)?.length).toBeGreaterThan(1);
    await knowledge.recall('甲', '1');
    expect(
      readdirSync(snapshot)
        .map((file) => readFileSync(join(snapshot, file), 'utf8'))
        .join(),
    ).not.toContain('petunia');
    await knowledge.settled();
    expect(everyByte()).not.toMatch(/petunia|卡的密/);
    expect(readdirSync(snapshot)).toHaveLength(1);
    expect(await found(knowledge, 'petunia77')).toEqual([]);
    expect(textsOf(knowledge)).toEqual(['发错了']);
    expect(statSync(join(archive, FILE)).mode & 0o777).toBe(0o600);
  });

  it('is gone though it was recorded before a restart, and does not come back when delivered again', async () => {
    const [archive, snapshot] = [archiveOnDisk(), temporaryFolder()];
    const first = await opened(archive, snapshot);
    await first.record(live('1', NOON, '说错的话'));
    await first.record(live('2', NOON + MINUTE, '说对的话'));
    await first.close();
    const second = await opened(archive, snapshot);
    await second.recall('甲', '1');
    expect(textsOf(second)).toEqual(['说对的话']);
    await second.close();
    const third = await opened(archive, snapshot);
    expect(await found(third, '说对的话')).toEqual(['说对的话']);
    await third.record(live('1', NOON, '说错的话'));
    await third.record(live('3', NOON + 2 * MINUTE, '后来的话'));
    await third.ask('x');
    expect(textsOf(third)).toEqual(['说对的话', '后来的话']);
    expect(everyMessage(third).map(({ place }) => place)).toEqual([`${FILE}:3`, `${FILE}:4`]);
  });

  it('before it came never comes', async () => {
    const knowledge = await opened(archiveOnDisk());
    await knowledge.recall('甲', '1');
    await knowledge.record(live('1', NOON, '说错的话'));
    await knowledge.ask('x');
    expect(textsOf(knowledge)).toEqual([]);
  });
});

describe('gaps', () => {
  it('are kept by their beginning, also over a restart, and are no transcript', async () => {
    const archive = archiveOnDisk();
    const knowledge = await opened(archive);
    await knowledge.noteGap(NOON, NOON + MINUTE);
    await knowledge.noteGap(NOON - 9 * MINUTE, NOON - 8 * MINUTE);
    const gaps = [
      { from: NOON - 9 * MINUTE, to: NOON - 8 * MINUTE },
      { from: NOON, to: NOON + MINUTE },
    ];
    expect(knowledge.gaps()).toEqual(gaps);
    appendFileSync(join(archive, 'gaps.jsonl'), '{"from":17');
    const again = await opened(archive);
    expect([again.gaps(), again.summary().files, again.summary().warnings]).toEqual([gaps, 0, []]);
  });

  it('noted after a torn line are read', async () => {
    const archive = archiveOnDisk({ 'gaps.jsonl': '{"from":17' });
    await (await opened(archive)).noteGap(NOON, NOON + MINUTE);
    expect((await opened(archive)).gaps()).toEqual([{ from: NOON, to: NOON + MINUTE }]);
  });
});

describe('a room', () => {
  it('of any name reads back as the same room, from a folder within the archive', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (room) => {
        expect(roomOfFolder(folderOfRoom(room))).toBe(room);
        expect(folderOfRoom(room)).toMatch(/^[^./\\][^/\\]*$/);
        expect(folderOfRoom(room)).not.toContain('\u0000');
      }),
    );
  });

  it.each(['', '.', '..', '../外面', '.藏', '甲/乙', '100%2F', '%', '%00', 'aux\u0000', '甲\n乙', ' 甲 '])(
    'named %j can be recorded and found',
    async (room) => {
      const archive = archiveOnDisk();
      const knowledge = await opened(archive);
      await knowledge.record(live('1', NOON, '在这个群里说的', { room }));
      await knowledge.ask('x');
      expect(knowledge.summary().rooms).toEqual([room]);
      expect((await opened(archive)).summary()).toMatchObject({ rooms: [room], messages: 1 });
    },
  );
});

describe('senders of different logins', () => {
  it('are one person by their name, though their ids differ and late messages overlap', async () => {
    const archive = archiveOnDisk();
    for (const [sender, at] of [
      ['@a1', NOON],
      ['@b7', NOON - MINUTE],
      ['@c3', NOON + MINUTE],
    ] as const) {
      const knowledge = await opened(archive);
      await knowledge.record(live(sender, at, `我是 ${sender}`, { sender }));
      await knowledge.close();
    }
    expect((await opened(archive)).summary()).toMatchObject({ messages: 3, speakers: 1 });
  });

  it('are not one person because a login gives the id of another to somebody else', async () => {
    const archive = archiveOnDisk();
    for (const name of ['小鱼', '豆豆']) {
      const knowledge = await opened(archive);
      await knowledge.record(live(name, NOON, `我是${name}`, { name, sender: '7' }));
      await knowledge.close();
    }
    expect((await opened(archive)).summary().speakers).toBe(2);
  });

  it('are two people where one login shows two ids under one name', async () => {
    const knowledge = await opened(archiveOnDisk());
    await knowledge.record(live('1', NOON, '我是头一个', { sender: '@a' }));
    await knowledge.record(live('2', NOON + MINUTE, '我是另一个', { sender: '@b' }));
    await knowledge.ask('x');
    expect(knowledge.summary().speakers).toBe(2);
  });
});

describe('a day that was recorded and is exported later', () => {
  it('is one: its messages double, under other names and a second apart', async () => {
    const sample = await openKnowledge({ archive: SAMPLE, now: () => DAY_AFTER });
    const file = `${MAIN_ROOM}/_posts/2025-03-12-chat.markdown`;
    const said = everyMessage(sample).filter(({ place }) => place.startsWith(`${file}:`));
    expect(said.length).toBeGreaterThan(20);
    const archive = archiveOnDisk();
    const knowledge = await opened(archive);
    const card = (name: string) => `${name}-${LASER_ROOM}`;
    for (const [i, { at, text, kind, speaker }] of said.entries()) {
      const message = live(`m${i}`, at + (i % 2) * 1000, text, {
        room: MAIN_ROOM,
        sender: `@${speaker}`,
        name: card(speaker),
        kind,
      });
      await knowledge.record(message);
    }
    await knowledge.ask('x');
    expect(knowledge.summary()).toMatchObject({ messages: said.length, doubles: 0 });
    put(archive, file, readFileSync(join(SAMPLE, file)));
    const { messages, doubles } = await knowledge.reload();
    // Of those who only ever sent a few letters nothing tells that their two names are one person's.
    expect(messages - said.length).toBeLessThanOrEqual(1);
    expect(doubles).toBe(2 * said.length - messages);
  });
});
