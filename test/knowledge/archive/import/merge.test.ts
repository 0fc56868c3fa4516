/** What comes together in the archive: files imported again, exports by several people, and what the bot heard itself. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importExport } from '../../../../knowledge/archive/exchange.js';
import type { ImportReport } from '../../../../knowledge/archive/import/report.js';
import { messageLine } from '../../../../knowledge/archive/live/lines.js';
import { runs } from '../../../properties.js';
import { archiveOnDisk, load, namesOf, put } from '../archive-on-disk.js';

const NINE = 1714525200;
const DAY = '群/imported/2024-05-01.jsonl';

interface Said {
  readonly at?: number;
  readonly name: string;
  readonly text: string;
  readonly sender?: string;
  readonly id?: string | undefined;
  readonly replyTo?: string;
}

/** An export as ChatLab JSONL. */
function exported(...messages: readonly Said[]): string {
  return messages
    .map(({ at = 0, name, text, sender = `@name:${name}`, id, replyTo }) =>
      JSON.stringify({
        ...{ _type: 'message', sender, accountName: name, timestamp: NINE + at, type: 0, content: text },
        ...{ platformMessageId: id, replyToMessageId: replyTo },
      }),
    )
    .join('\n');
}

async function importInto(archive: string, text: string): Promise<ImportReport> {
  const folder = archiveOnDisk({ 'export.jsonl': text });
  const staged = await importExport(join(folder, 'export.jsonl'), { archive, zone: 'Asia/Shanghai', room: '群' });
  await staged.commit();
  return staged.report;
}

const textsOf = async (archive: string) => (await load(archive)).messages.map(({ name, text }) => `${name}：${text}`);
const doublesIn = ({ files }: ImportReport) => files.reduce((sum, { doubles }) => sum + doubles.count, 0);

describe('the same file again', () => {
  it('adds nothing and changes no byte, whatever it holds', async () => {
    const said = fc.record({
      at: fc.integer({ min: 0, max: 3 }),
      name: fc.constantFrom('豆浆', '油条', '我', ''),
      text: fc.constantFrom(
        '好',
        '[强]',
        '[图片]',
        '豆浆要磨多久才会细腻',
        '',
        '「豆浆：好」\n- - - - - - - -\n行',
        '&lt;好&gt;',
      ),
      sender: fc.constantFrom('wxid_a', 'wxid_b', '@name:豆浆'),
      id: fc.constantFrom(undefined, undefined, '1', '2', '3'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(said, { minLength: 1, maxLength: 12 }), fc.array(said, { maxLength: 6 }), async (one, other) => {
        const archive = archiveOnDisk();
        await importInto(archive, exported(...one));
        await importInto(archive, exported(...other));
        const before = readFileSync(join(archive, DAY), 'utf8');
        const again = [await importInto(archive, exported(...one)), await importInto(archive, exported(...other))];
        expect(again.map(({ added, days }) => [added, days])).toEqual([
          [0, 0],
          [0, 0],
        ]);
        expect(readFileSync(join(archive, DAY), 'utf8')).toBe(before);
      }),
      {
        ...runs(60),
        examples: [
          [
            [
              { at: 0, name: '豆浆', text: '豆浆要磨多久才会细腻', sender: 'wxid_a', id: undefined },
              { at: 0, name: '豆浆', text: '豆浆要磨多久才会细腻', sender: 'wxid_a', id: undefined },
              { at: 0, name: '我', text: '好', sender: '@name:豆浆', id: undefined },
              { at: 0, name: '豆浆', text: '好', sender: 'wxid_a', id: undefined },
            ],
            [{ at: 0, name: '豆浆', text: '好', sender: 'wxid_b', id: undefined }],
          ],
        ],
      },
    );
  });

  it('does not touch the file', async () => {
    const archive = archiveOnDisk();
    const text = exported({ name: '豆浆', text: '早' });
    await importInto(archive, text);
    const { ino } = statSync(join(archive, DAY));
    await importInto(archive, text);
    expect(statSync(join(archive, DAY)).ino).toBe(ino);
    expect(readdirSync(archive)).toEqual(['群']);
  });
});

describe('what one export says twice', () => {
  it('stays: somebody can say +1 twice in a second', async () => {
    const archive = archiveOnDisk();
    const twice = exported({ name: '豆浆', text: '+1' }, { name: '豆浆', text: '+1' });
    expect((await importInto(archive, twice)).added).toBe(2);
    expect((await importInto(archive, twice)).added).toBe(0);
  });

  it('is one message where the platform says so', async () => {
    const archive = archiveOnDisk();
    const report = await importInto(
      archive,
      exported({ name: '豆浆', text: '早', id: '7' }, { name: '豆浆', text: '早', id: '7' }),
    );
    expect([report.added, doublesIn(report)]).toEqual([1, 1]);
    expect(report.files[0]?.doubles.first).toEqual([{ line: 2, what: 'the archive has it already, on 2024-05-01' }]);
  });
});

describe('exports by two people', () => {
  it('become one, though their clocks differ by a second', async () => {
    const archive = archiveOnDisk();
    await importInto(archive, exported({ name: '豆浆', text: '早' }, { at: 60, name: '油条', text: '来两根' }));
    const report = await importInto(
      archive,
      exported(
        { at: 1, name: '豆浆', text: '早' },
        { at: 59, name: '油条', text: '来 两根' },
        { at: 90, name: '豆浆', text: '好嘞' },
      ),
    );
    expect([report.added, doublesIn(report)]).toEqual([1, 2]);
    expect(await textsOf(archive)).toEqual(['豆浆：早', '油条：来两根', '豆浆：好嘞']);
  });

  it('teach that a nickname and a remark are one person, for short texts too', async () => {
    const archive = archiveOnDisk();
    const talk = (name: string) =>
      exported(
        { name, text: '今天的豆浆磨得特别细，大家尝尝' },
        { at: 30, name: '油条', text: '闻着就香' },
        { at: 60, name, text: '[强]' },
      );
    await importInto(archive, talk('豆浆'));
    const report = await importInto(archive, talk('城南老板'));
    expect([report.added, doublesIn(report)]).toEqual([0, 3]);
    const loaded = await load(archive);
    expect(loaded.messages).toHaveLength(3);
    expect(namesOf(loaded, '豆浆')).toEqual(['城南老板', '豆浆']);
    expect((await importInto(archive, talk('城南老板'))).days).toBe(0);
  });

  it('keep two people apart who say the same short thing in one second', async () => {
    const archive = archiveOnDisk();
    await importInto(archive, exported({ name: '豆浆', text: '收到' }));
    expect((await importInto(archive, exported({ name: '油条', text: '收到' }))).added).toBe(1);
  });

  it('keep two people apart whose accounts differ, though they pass on one text', async () => {
    const archive = archiveOnDisk();
    const wish = '祝各位新的一年万事如意，身体健康，生意兴隆，恭喜发财，大吉大利，财源滚滚';
    await importInto(archive, exported({ name: '豆浆', sender: 'wxid_a', text: wish }));
    expect((await importInto(archive, exported({ name: '油条', sender: 'wxid_b', text: wish }))).added).toBe(1);
  });

  it('find out who exported: 我 gets the name that the other one prints', async () => {
    const archive = archiveOnDisk();
    await importInto(archive, exported({ name: '我', text: '今天的豆浆磨得特别细，大家尝尝' }));
    await importInto(archive, exported({ name: '豆浆', sender: 'wxid_a', text: '今天的豆浆磨得特别细，大家尝尝' }));
    expect(await textsOf(archive)).toEqual(['豆浆：今天的豆浆磨得特别细，大家尝尝']);
  });
});

describe('a better export of what is there', () => {
  it('adds accounts, ids and reply links to messages that had none', async () => {
    const archive = archiveOnDisk();
    await importInto(archive, exported({ name: '豆浆', text: '要几根' }, { at: 9, name: '油条', text: '两根' }));
    const report = await importInto(
      archive,
      exported(
        { name: '豆浆', sender: 'wxid_a', text: '要几根', id: '1' },
        { at: 9, name: '油条', sender: 'wxid_b', text: '两根', id: '2', replyTo: '1' },
      ),
    );
    expect([report.added, report.days]).toEqual([0, 1]);
    expect((await load(archive)).messages.map(({ replyTo }) => replyTo)).toEqual([undefined, 0]);
  });
});

describe('what the bot heard', () => {
  const heard = messageLine(
    { room: '群', id: '55', at: NINE * 1000, sender: '@x', name: '豆浆', kind: 'text', text: '早' },
    'k3',
  );

  it('counts as there already, and its file is left alone', async () => {
    const archive = archiveOnDisk({ '群/live/2024-05-01.jsonl': `${heard}\n` });
    const report = await importInto(
      archive,
      exported({ name: '豆浆', sender: 'wxid_a', text: '早', id: '9' }, { at: 5, name: '油条', text: '早啊' }),
    );
    expect([report.added, doublesIn(report)]).toEqual([1, 1]);
    expect(readFileSync(join(archive, '群/live/2024-05-01.jsonl'), 'utf8')).toBe(`${heard}\n`);
    expect(await textsOf(archive)).toEqual(['豆浆：早', '油条：早啊']);
  });

  it('stays taken back, though an export still has its words', async () => {
    const recalled = JSON.stringify({
      _type: 'message',
      sender: '@x',
      timestamp: NINE,
      type: 81,
      content: '',
      platformMessageId: '55',
    });
    const archive = archiveOnDisk({ '群/live/2024-05-01.jsonl': `${recalled}\n` });
    expect((await importInto(archive, exported({ name: '豆浆', text: '说漏嘴了', id: '55' }))).added).toBe(0);
  });
});

describe('a file of the archive', () => {
  it('keeps what an admin added to it', async () => {
    const archive = archiveOnDisk();
    await importInto(archive, exported({ name: '豆浆', text: '早' }));
    const before = readFileSync(join(archive, DAY), 'utf8');
    put(archive, DAY, `${before}{"_type":"note","text":"checked"}\n`);
    await importInto(archive, exported({ at: 7, name: '油条', text: '早啊' }));
    const after = readFileSync(join(archive, DAY), 'utf8').split('\n');
    expect(after).toContain('{"_type":"note","text":"checked"}');
    expect(after[0]).toBe(before.split('\n')[0]);
  });
});
