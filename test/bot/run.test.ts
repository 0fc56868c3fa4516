/**
 * The whole bot as a program, on the bundled sample: what is typed and what is printed.
 */
import { existsSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { digests, memberReplies, terminal } from '../../bot/reply/texts.js';
import { run } from '../../bot/run.js';
import { holderOf } from '../../bot/state/lock.js';
import { openState } from '../../bot/state/open.js';

const newFolder = () => mkdtempSync(join(tmpdir(), 'qunshi-'));

async function runBot(args: readonly string[], { typed = '', variables = {} as Record<string, string> } = {}) {
  const [output, errors] = [new PassThrough(), new PassThrough()];
  const printed = { output: '', errors: '' };
  output.setEncoding('utf8').on('data', (text: string) => (printed.output += text));
  errors.setEncoding('utf8').on('data', (text: string) => (printed.errors += text));
  const folder = newFolder();
  const code = await run({
    args,
    variables: { DATA_DIR: folder, SEMANTIC_MODEL: 'none', ...variables },
    envFile: join(folder, '.env'),
    input: Readable.from([typed]),
    output,
    errors,
    stopped: new AbortController().signal,
    restarts: 0,
    onReload: () => undefined,
    exit: (code) => {
      throw new Error(`ended at once with ${code}`);
    },
  });
  await new Promise(setImmediate);
  return { code, ...printed };
}

const question = terminal.sampleQuestions[0] ?? '';

describe('--say', () => {
  test('prints the exchange and ends well', async () => {
    const { code, output } = await runBot(['--say', `@群史 ${question}`, '--as', '小红']);
    expect(code).toBe(0);
    expect(output).toContain(`小红：@群史 ${question}`);
    expect(output).toContain('【1】2025-');
  });
  test('fails if the bot has no reason to speak', async () => {
    const { code, output } = await runBot(['--say', '大家好']);
    expect(code).toBe(1);
    expect(output).toContain(terminal.noReply);
  });
});

describe('the group in the terminal', () => {
  test.each(terminal.sampleQuestions)('answers the question it proposes: %s', async (proposed) => {
    const { code, output } = await runBot([], { typed: `@群史 ${proposed}\n` });
    expect(code).toBe(0);
    expect(output).toContain('【1】2025-');
  });
  test('says in five lines what it is, what is loaded and what to try', async () => {
    const { output } = await runBot([]);
    const lines = output.split('\n').slice(0, 6);
    expect(lines[0]).toContain('造物工坊');
    expect(lines[1]).toMatch(/2025-\d\d-\d\d 至 2025-\d\d-\d\d，\d+ 天，\d+ 条，\d+ 人/);
    expect(lines.slice(2, 5)).toEqual(terminal.sampleQuestions.map(terminal.tryAsking));
    expect(lines[5]).toBe('');
  });
  test('counts at the welcome what the group may read, as 状态 does', async () => {
    const { output } = await runBot([], { typed: '@群史 状态\n' });
    const counts = [...output.matchAll(/聊天记录：.*?(\d+) 条/g)].map(([, messages]) => messages);
    expect(counts).toEqual(['1053', '1053']);
  });
  test('lets the user speak for anybody; a number belongs to who asked', async () => {
    const { output } = await runBot([], { typed: `老许：@群史 ${question}\n1\n/我是 老许\n1\n` });
    const [, afterQuestion = ''] = output.split(`老许：@群史 ${question}`);
    const [stranger = '', asker = ''] = afterQuestion.split(terminal.youAre('老许'));
    expect(stranger.split('╭')).toHaveLength(2);
    expect(asker).toContain('╭');
  });
  test('shows what goes to somebody alone, knows who is the admin, and has nothing written into the sample', async () => {
    const sample = join(import.meta.dirname, '../../knowledge/sample');
    const { output } = await runBot([], { typed: '日报 预览\n管理员\n别名 甲 = 乙\n词 丝杆螺母\n' });
    const you = terminal.members[0];
    expect(output).toContain(terminal.privately(terminal.bot, you));
    expect(output).toContain(digests.preview);
    expect(output).toContain(memberReplies.admins([you]));
    expect(output.split(memberReplies.additionFaults.sample.slice(0, 12))).toHaveLength(3);
    for (const file of ['aliases.txt', 'words.txt']) expect(existsSync(join(sample, file)), file).toBe(false);
  });
  test('ends at /退出, and what is typed after it is not said', async () => {
    const { code, output } = await runBot([], { typed: '/闲聊\n/退出\n还有一句\n' });
    expect(code).toBe(0);
    expect(output).toContain('中午谁一起吃面？');
    expect(output).toContain(terminal.bye);
    expect(output).not.toContain('还有一句');
  });
});

describe('wrong use is told in one line and ends with 2', () => {
  test.each([
    ['an unknown option', ['--foo'], {}],
    ['an option without its value', ['--say'], {}],
    ['an empty value', ['--say', ' '], {}],
    ['a stray word', ['hello'], {}],
    ['a room the archive does not have', ['--room', '没有的群'], {}],
    ['an option of the terminal group with WeChat', ['--say', 'x'], { WECHATY_PUPPET: 'wechaty-puppet-wechat4u' }],
  ])('%s', async (_, args, variables) => {
    const { code, output, errors } = await runBot(args, { variables });
    expect(code).toBe(2);
    expect(errors).toMatch(/^[^\n]+ \(npm start -- --help tells how\)\n$/);
    expect(output).toBe('');
  });

  test('a setting that makes no sense', async () => {
    const { code, output, errors } = await runBot([], { variables: { LOG_LEVEL: 'loud' } });
    expect([code, output]).toEqual([2, '']);
    expect(errors).toMatch(/^LOG_LEVEL: [^\n]+\n$/);
  });
});

test('--help explains every option', async () => {
  const { code, output } = await runBot(['--help']);
  expect(code).toBe(0);
  for (const option of ['--say', '--as', '--room', '--help']) expect(output).toContain(option);
});

test('a missing archive is told in one line and ends with 1', async () => {
  const { code, errors } = await runBot([], { variables: { ARCHIVE: '/nowhere/at/all' } });
  expect(code).toBe(1);
  expect(errors).toMatch(/^[^\n]*\/nowhere\/at\/all[^\n]*\n$/);
});

test('a puppet that is not installed is told in one line and ends with 1', async () => {
  const { code, errors } = await runBot([], { variables: { WECHATY_PUPPET: 'wechaty-puppet-nowhere', LOG_LEVEL: 'silent' } });
  expect(code).toBe(1);
  expect(errors).toBe(
    'WECHATY_PUPPET: wechaty-puppet-nowhere is not installed; run "npm install wechaty-puppet-nowhere" first\n',
  );
});

describe('DATA_DIR', () => {
  const inWechat = { WECHATY_PUPPET: 'wechaty-puppet-nowhere', LOG_LEVEL: 'silent' };
  test('that another bot uses is told in one line with its process, before the archive is read, and ends with 1', async () => {
    const DATA_DIR = newFolder();
    const first = openState({ dataDir: DATA_DIR, onFault: (sentence) => expect.fail(sentence) });
    const { code, errors } = await runBot([], { variables: { ...inWechat, DATA_DIR, ARCHIVE: '/nowhere/at/all' } });
    expect([code, errors]).toEqual([
      1,
      `DATA_DIR: ${DATA_DIR} is used by another bot, process ${process.pid}; stop that one first, or set another DATA_DIR\n`,
    ]);
    first.close();
  });
  test('is free again when the bot has ended', async () => {
    const DATA_DIR = newFolder();
    await runBot([], { variables: { ...inWechat, DATA_DIR } });
    expect(existsSync(join(DATA_DIR, 'qunshi.sqlite'))).toBe(true);
    expect(holderOf(DATA_DIR)).toBeUndefined();
  });
  test('that is no folder is told in one line and ends with 1', async () => {
    const DATA_DIR = join(newFolder(), 'file');
    writeFileSync(DATA_DIR, '');
    const { code, errors } = await runBot([], { variables: { ...inWechat, DATA_DIR } });
    expect([code, errors]).toEqual([1, expect.stringMatching(/^DATA_DIR: [^\n]+ cannot be written \(EEXIST\)[^\n]+\n$/)]);
  });
  test('costs the terminal group no more than its log', async () => {
    const DATA_DIR = join(newFolder(), 'file');
    writeFileSync(DATA_DIR, '');
    const { code, errors } = await runBot(['--say', `@群史 ${question}`], { variables: { DATA_DIR } });
    expect(code).toBe(0);
    expect(errors).toContain('DATA_DIR: no log, for it cannot be written');
  });
  test('holds a log of the terminal group that nobody else can read, for it may hold what was said', async () => {
    const DATA_DIR = join(newFolder(), 'data');
    await runBot(['--say', `@群史 ${question}`], { variables: { DATA_DIR } });
    const modes = [DATA_DIR, join(DATA_DIR, 'terminal.log')].map((path) => statSync(path).mode & 0o777);
    expect(modes).toEqual([0o700, 0o600]);
  });
});
