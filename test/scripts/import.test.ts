/** The commands that bring talk in and out: what they print, what they refuse, and that nothing half-written stays. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportCommand } from '../../scripts/export.js';
import { formatsCommand } from '../../scripts/formats.js';
import { importCommand } from '../../scripts/import.js';
import { archiveOnDisk, load } from '../knowledge/archive/archive-on-disk.js';
import { runForTest } from './run-for-test.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FIXTURES = join(ROOT, 'test/fixtures/exports');
const EXPORT = join(FIXTURES, 'chatlab-json/group.json');

describe('import', () => {
  it('without a terminal and --yes only tells what it would import', async () => {
    const archive = archiveOnDisk();
    const { code, out } = await runForTest(importCommand, EXPORT, '--archive', archive, '--room', '早餐');
    expect(code).toBe(0);
    expect(out.split('\n')).toEqual([
      'format    ChatLab JSON: group.json',
      'room      早餐: 14 messages on 1 day, 2024-05-01',
      'people    2',
      'doubles   0',
      'undated   0',
      'skipped   1',
      '          message 15: a message with a wrong timestamp, left out',
      'new       14 messages; 1 file of the archive will be made or changed',
      'Nothing was written: run it in a terminal, or with --yes.',
      '',
    ]);
    expect(readdirSync(archive)).toEqual([]);
  });

  it('with --yes writes one file a room and day, and the second time nothing', async () => {
    const archive = archiveOnDisk();
    const first = await runForTest(importCommand, EXPORT, '--archive', archive, '--yes');
    expect(first.out).toContain(`Added 14 messages, in 1 file:\n  ${archive}/早餐群/imported\n`);
    expect(readdirSync(archive, { recursive: true })).toContain('早餐群/imported/2024-05-01.jsonl');
    const loaded = await load(archive);
    expect([loaded.messages.length, loaded.warnings]).toEqual([13, []]);
    expect(loaded.messages[1]?.replyTo).toBe(0);
    const second = await runForTest(importCommand, EXPORT, '--archive', archive, '--yes');
    expect(second.out).toContain('doubles   14\n          message 1: the archive has it already, on 2024-05-01\n');
    expect(second.out).toContain('The archive has all of it already; nothing was written.');
  });

  it('tells the way to the first answer, and a name that it learned as no message', async () => {
    const row = (names: string) =>
      `{"_type":"message","sender":"wxid_a","accountName":"豆浆",${names}"timestamp":1714525200,"type":0,"content":"早"}\n`;
    const folder = archiveOnDisk({ 'one.jsonl': row(''), 'other.jsonl': row('"groupNickname":"豆浆-磨坊",') });
    const archive = archiveOnDisk();
    const into = ['--archive', archive, '--room', '群', '--yes'];
    const first = await runForTest(importCommand, join(folder, 'one.jsonl'), ...into);
    expect(first.out).toContain(`Write ARCHIVE=${archive} into .env, and npm start answers from it.\n`);
    const other = await runForTest(importCommand, join(folder, 'other.jsonl'), ...into);
    expect(other.out).toContain('new       no message, but names and ids; 1 file of the archive');
    expect(other.out).toContain(`No new message; added names and ids, in 1 file:\n  ${archive}/群/imported\n`);
  });

  it('takes all exports in a folder, tells which files are none, and follows no link', async () => {
    const folder = archiveOnDisk({
      '2024-05-01-chat.markdown': '> 09:00:00  豆浆\n\n早\n',
      'deep/2024-05-02-chat.markdown': '> 09:00:00  豆浆\n\n早\n',
      'todo.txt': 'buy flour',
    });
    const archive = archiveOnDisk();
    spawnSync('ln', ['-s', EXPORT, join(folder, 'link.json')]);
    const { code, out } = await runForTest(importCommand, folder, '--archive', archive, '--room', '../群', '--yes');
    expect(code).toBe(0);
    expect(out).toContain('left out  link.json: a link or no file, not followed\n');
    expect(out).toContain('left out  todo.txt: in no known format\n');
    expect(readdirSync(archive)).toEqual(['%2E.%2F群']);
    expect((await load(archive)).messages.map(({ room }) => room)).toEqual(['../群', '../群']);
  });

  it('tells undated messages, and asks for the group where the export names none', async () => {
    const chat = join(archiveOnDisk({ 'chat.txt': '豆浆:\n早\n\n油条:\n早啊\n' }), 'chat.txt');
    const archive = archiveOnDisk();
    const undated = await runForTest(importCommand, chat, '--archive', archive, '--room', '群');
    expect(undated.out).toMatch(/undated {3}2\n {10}line 1: no date\n {10}line 4: no date\n {10}say it with --date YYYY-MM-DD/);
    expect([undated.code, undated.err]).toEqual([1, 'import: nothing could be imported, for no message is left; see above\n']);
    const nameless = await runForTest(importCommand, chat, '--archive', archive, '--date', '2024-05-01');
    expect(nameless.code).toBe(1);
    expect(nameless.out).toContain('it does not say which group it is of; name it with --room');
  });

  it('tells of no names file that it used, and counts no notice as a person', async () => {
    const rows = [
      '1,11,文本,0,wxid_a,1@chatroom,早,,2024-05-01 09:00:00',
      '2,12,系统通知,0,1@chatroom,1@chatroom,有人来了,,2024-05-01 09:01:00',
    ];
    const csv = ['id,MsgSvrID,type_name,is_sender,talker,room_name,msg,src,CreateTime', ...rows, ''].join('\n');
    const folder = archiveOnDisk({
      'a/page.csv': csv,
      'a/users.json': '{"wxid_a":{"nickname":"豆浆","remark":"","account":""}}',
      'b/users.json': '{}',
      'b/empty.txt': '',
    });
    const { out } = await runForTest(importCommand, folder, '--archive', archiveOnDisk(), '--room', '群');
    expect(out.match(/^left out.*$/gm)).toEqual(['left out  b/empty.txt: empty', 'left out  b/users.json: in no known format']);
    expect(out).toContain('people    1\n');
  });

  it('never puts one group of an export into the archive of another', async () => {
    const line = (room: string) => `2024-05-01 09:00:00,豆浆,wxid_a,${room},1@chatroom,早`;
    const csv = `Time,SenderName,Sender,TalkerName,Talker,Content\n${line('甲')}\n${line('乙')}\n`;
    const chat = join(archiveOnDisk({ 'chat.csv': csv }), 'chat.csv');
    const wrong = await runForTest(importCommand, chat, '--archive', archiveOnDisk(), '--room', '丙', '--yes');
    expect([wrong.code, wrong.out]).toEqual([
      1,
      expect.stringContaining('it holds 2 groups (乙, 甲); name one of them with --room'),
    ]);
    const one = archiveOnDisk();
    const { out } = await runForTest(importCommand, chat, '--archive', one, '--room', '甲', '--yes');
    expect(out).toContain('skipped   1\n          line 3: said in another group, 乙\n');
    expect(readdirSync(one)).toEqual(['甲']);
    const both = archiveOnDisk();
    await runForTest(importCommand, chat, '--archive', both, '--yes');
    expect(readdirSync(both).sort()).toEqual(['乙', '甲'].sort());
  });

  it('names what it could not read, and where to see what it reads', async () => {
    const note = join(archiveOnDisk({ 'note.txt': 'buy flour' }), 'note.txt');
    const { code, out, err } = await runForTest(importCommand, note, '--archive', archiveOnDisk(), '--room', '群');
    expect([code, out]).toEqual([1, 'left out  note.txt: in no known format\n']);
    expect(err).toContain('npm run -s formats');
  });

  it.each([
    [[], 'the file or folder is missing'],
    [['/no/such.json'], 'there is no file or folder /no/such.json'],
    [[EXPORT], 'ARCHIVE is not set: name the folder of your own archive in .env, or with --archive'],
    [
      [EXPORT, '--archive', join(ROOT, 'knowledge/sample')],
      'ARCHIVE is not set: name the folder of your own archive in .env, or with --archive',
    ],
    [[EXPORT, '--archive', 'x', '--date', '2024-02-30'], '--date: 2024-02-30 is no day such as 2024-05-06'],
    [[EXPORT, '--archive', EXPORT], `--archive: ${EXPORT} is no folder`],
    [[EXPORT, '--archive', 'x', '--year', '24'], '--year: 24 is no year such as 2024'],
    [[EXPORT, '--archive', 'x', '--room', ' '], '--room is empty'],
  ])('refuses %j in one sentence', async (args, fault) => {
    const { code, err } = await runForTest(importCommand, ...args);
    expect(code).toBe(2);
    expect(err).toBe(`import: ${fault} (npm run -s import -- --help tells how)\n`);
  });
});

describe('an import that is stopped', { timeout: 120_000 }, () => {
  const MESSAGES = 60_000;
  const DAYS = 40;
  let folder = '';
  let file = '';
  let whole: readonly string[] = [];

  /** Lines of all files but the headers, which tell when they were made. */
  const contentOf = (archive: string): readonly string[] =>
    readdirSync(join(archive, '群/imported'))
      .sort()
      .flatMap((name) =>
        readFileSync(join(archive, '群/imported', name), 'utf8')
          .split('\n')
          .slice(1),
      );
  const start = (archive: string) => {
    const args = ['scripts/run.mjs', 'scripts/import', file, '--room', '群', '--archive', archive, '--yes'];
    return spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  };
  const finished = async (archive: string) => {
    const child = start(archive);
    child.stdout.resume();
    child.stderr.resume();
    return (await once(child, 'close'))[0];
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'import-'));
    file = join(folder, 'export.jsonl');
    // Out of order, so that every day is open until the end.
    const lines = Array.from({ length: MESSAGES }, (_, i) => {
      const timestamp = 1714525200 + (i % DAYS) * 86_400 + Math.floor(i / DAYS);
      return JSON.stringify({
        _type: 'message',
        sender: `wxid_${i % 9}`,
        accountName: `人${i % 9}`,
        timestamp,
        type: 0,
        content: `第${i}句`,
      });
    });
    writeFileSync(file, lines.join('\n'));
    const archive = join(folder, 'whole');
    expect(await finished(archive)).toBe(0);
    whole = contentOf(archive);
  }, 120_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
    'by %s leaves nothing half-written, and the next run goes on',
    async (signal) => {
      const archive = archiveOnDisk();
      const child = start(archive);
      const ended = once(child, 'close');
      while (!existsSync(join(archive, '.import/spool-0'))) await pause(5);
      child.kill(signal);
      const [code] = await ended;
      if (signal === 'SIGKILL') expect(readdirSync(archive)).toEqual(['.import']);
      else expect([code, readdirSync(archive)]).toEqual([1, []]);
      expect(await finished(archive)).toBe(0);
      expect(readdirSync(archive)).toEqual(['群']);
      expect(contentOf(archive)).toEqual(whole);
    },
  );

  it('by SIGKILL while it moves files into place leaves whole files only', async () => {
    const archive = archiveOnDisk();
    const child = start(archive);
    const ended = once(child, 'close');
    while (!existsSync(join(archive, '群/imported'))) await pause(1);
    child.kill('SIGKILL');
    await ended;
    for (const line of contentOf(archive)) if (line !== '') expect(() => JSON.parse(line)).not.toThrow();
    expect(await finished(archive)).toBe(0);
    expect(contentOf(archive)).toEqual(whole);
  });

  it('by a full disk says so and leaves nothing', () => {
    const archive = archiveOnDisk();
    // No file may become larger than 64 blocks, which is how a disk without room answers too.
    const command = `ulimit -f 64; exec "${process.execPath}" scripts/run.mjs scripts/import "${file}" --room 群 --archive "${archive}" --yes`;
    const { status, stderr } = spawnSync('sh', ['-c', command], { cwd: ROOT, encoding: 'utf8' });
    expect(stderr).toContain(`the disk of ${archive} is full (EFBIG); nothing was imported`);
    expect([status, readdirSync(archive)]).toEqual([1, []]);
  });

  it('while another one runs is refused', async () => {
    const archive = archiveOnDisk();
    const child = start(archive);
    const ended = once(child, 'close');
    while (!existsSync(join(archive, '.import/spool-0'))) await pause(5);
    const { code, err } = await runForTest(importCommand, EXPORT, '--archive', archive, '--yes');
    expect([code, err]).toEqual([1, expect.stringContaining('another import into this archive is running')]);
    expect((await ended)[0]).toBe(0);
    expect(contentOf(archive)).toEqual(whole);
  });
});

describe('export', () => {
  it('writes a room out, and tells what a post cannot hold', async () => {
    const archive = archiveOnDisk();
    await runForTest(importCommand, EXPORT, '--archive', archive, '--yes');
    const out = archiveOnDisk();
    const args = ['--archive', archive, '--room', '早餐群', '--out', out, '--format'];
    expect((await runForTest(exportCommand, ...args, 'chatlab')).out).toBe(`13 messages, in 1 file: ${out}\n`);
    const { out: told } = await runForTest(exportCommand, ...args, 'markdown');
    expect(told.split('\n').slice(1)).toEqual([
      '     13 without the account or id that the archive knows',
      '      1 without further names of their sender',
      expect.stringMatching(/^ {6}\d no longer told from text/),
      '',
    ]);
    expect(readdirSync(out).sort()).toEqual(['2024-05-01-chat.markdown', '2024-05-01.jsonl']);
  });

  it('says so where nothing was said, and makes no folder', async () => {
    const archive = archiveOnDisk({ '群/2024-05-01-chat.markdown': '> 09:00:00  豆浆\n\n早\n' });
    const out = join(archiveOnDisk(), 'out');
    const args = ['--archive', archive, '--room', '群', '--format', 'chatlab', '--out', out, '--from', '2024-05-02'];
    const { code, err } = await runForTest(exportCommand, ...args);
    expect([code, err]).toEqual([1, 'export: nothing was said in 群 on these days; no file was written\n']);
    expect(existsSync(out)).toBe(false);
  });

  it.each([
    [['--format', 'chatlab'], '--room is missing'],
    [['--room', '群', '--format', 'pdf'], '--format: pdf is neither chatlab nor markdown'],
    [['--room', '群', '--format', 'chatlab', '--from', 'May'], '--from: May is no day such as 2024-05-06'],
    [
      ['--room', '群', '--format', 'chatlab', '--from', '2024-05-02', '--to', '2024-05-01'],
      '--from: 2024-05-02 is after --to 2024-05-01',
    ],
    [['--room', '群', '--format', 'chatlab', '--archive', FIXTURES, '--out', EXPORT], `--out: ${EXPORT} is no folder`],
  ])('refuses %j', async (args, fault) => {
    const { code, err } = await runForTest(exportCommand, ...args);
    expect([code, err]).toEqual([2, `export: ${fault} (npm run -s export -- --help tells how)\n`]);
  });
});

describe('all three', () => {
  it.each([importCommand, exportCommand, formatsCommand])('$name tells how it is used', async (command) => {
    const { code, out, err } = await runForTest(command, '--help');
    expect([code, err, out.startsWith(`usage: npm run -s ${command.name}`)]).toEqual([0, '', true]);
    expect((await runForTest(command, '--nonsense')).err).toContain(`${command.name}: --nonsense is not an option`);
  });
});

describe('formats', () => {
  it('lists every format and how such an export is made', async () => {
    const { code, out } = await runForTest(formatsCommand);
    expect(code).toBe(0);
    expect(out).toContain('ChatLab JSONL (chatlab-jsonl)\n  In ChatLab,');
    for (const id of readdirSync(FIXTURES)) expect(out).toContain(`(${id})`);
  });
});
