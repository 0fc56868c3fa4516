/** What a reload sees, and what it must not lose; archives with little or nothing in them. */
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ArchiveError, type Knowledge, openKnowledge } from '../../knowledge/index.js';
import { archiveOnDisk, day, put } from './archive/archive-on-disk.js';

const FIRST = '甲/_posts/2025-03-03-chat.markdown';
const SECOND = '甲/_posts/2025-03-04-chat.markdown';
const petg = (answer: string) => day(['09:00:00', '小鱼', 'PETG喷嘴多少度？'], ['09:01:00', '豆豆', answer]);
const glue = day(['10:00:00', '小鱼', '亚克力用什么胶粘？'], ['10:01:00', '豆豆', '二氯甲烷，通风']);

async function textsFor(knowledge: Knowledge, question: string): Promise<string> {
  const { excerpts } = await knowledge.ask(question);
  return excerpts.flatMap(({ quotes }) => quotes.map(({ text }) => text)).join('\n');
}

describe('a reload', () => {
  it('sees a file that was changed', async () => {
    const archive = archiveOnDisk({ [FIRST]: petg('二百三十五') });
    const knowledge = await openKnowledge({ archive });
    put(archive, FIRST, petg('两百四十，风扇三成'));
    expect(await textsFor(knowledge, 'PETG喷嘴')).toContain('二百三十五');
    await knowledge.reload();
    const texts = await textsFor(knowledge, 'PETG喷嘴');
    expect(texts).toContain('两百四十，风扇三成');
    expect(texts).not.toContain('二百三十五');
  });

  it('sees a file that was added, and a room with it', async () => {
    const archive = archiveOnDisk({ [FIRST]: petg('235') });
    const knowledge = await openKnowledge({ archive });
    expect(await textsFor(knowledge, '亚克力胶')).not.toContain('二氯甲烷');
    put(archive, '乙/_posts/2025-03-04-chat.markdown', glue);
    expect(await knowledge.reload()).toMatchObject({ files: 2, messages: 4, rooms: ['乙', '甲'] });
    expect(await textsFor(knowledge, '亚克力胶')).toContain('二氯甲烷');
  });

  it('sees that a file was removed', async () => {
    const archive = archiveOnDisk({ [FIRST]: petg('235'), [SECOND]: glue });
    const knowledge = await openKnowledge({ archive });
    expect(await textsFor(knowledge, '亚克力胶')).toContain('二氯甲烷');
    rmSync(join(archive, SECOND));
    expect(await knowledge.reload()).toMatchObject({ files: 1, messages: 2 });
    expect(await textsFor(knowledge, '亚克力胶')).not.toContain('二氯甲烷');
  });

  it('that fails leaves the old answers, and the next one may succeed', async () => {
    const archive = archiveOnDisk({ [FIRST]: petg('235') });
    const away = `${archive}-away`;
    const knowledge = await openKnowledge({ archive });
    renameSync(archive, away);
    try {
      await expect(knowledge.reload()).rejects.toThrow(ArchiveError);
      expect(knowledge.summary()).toMatchObject({ files: 1, messages: 2 });
      expect(await textsFor(knowledge, 'PETG喷嘴')).toContain('235');
    } finally {
      renameSync(away, archive);
    }
    put(archive, SECOND, glue);
    expect(await knowledge.reload()).toMatchObject({ files: 2 });
    expect(await textsFor(knowledge, '亚克力胶')).toContain('二氯甲烷');
  });

  it('asked for while another is slow is not undone by that one', async () => {
    const many = Array.from({ length: 150 }, (_, i) => `甲/_posts/${i}-chat.markdown`);
    const archive = archiveOnDisk({ [FIRST]: petg('235') });
    let duringReload = (): void => undefined;
    const knowledge = await openKnowledge({ archive, onProgress: ({ done }) => done === 1 && duringReload() });
    for (const file of many) put(archive, file, glue);
    let later: Promise<unknown> = Promise.resolve();
    duringReload = () => {
      duringReload = () => undefined;
      for (const file of many) rmSync(join(archive, file));
      later = knowledge.reload();
    };
    await knowledge.reload();
    await later;
    expect(knowledge.summary().files).toBe(1);
  });

  it('lets a question that was asked before it finish with the old answers', async () => {
    const archive = archiveOnDisk({ [FIRST]: petg('235') });
    const knowledge = await openKnowledge({ archive });
    rmSync(join(archive, FIRST));
    const [answer] = await Promise.all([knowledge.ask('PETG喷嘴'), knowledge.reload()]);
    expect(answer.excerpts[0]?.quotes.map(({ text }) => text)).toContain('235');
    expect((await knowledge.ask('PETG喷嘴')).excerpts).toEqual([]);
  });
});

describe('an archive with nothing in it', () => {
  it('has no answers, no rooms and no threads', async () => {
    const empty = await openKnowledge({ archive: archiveOnDisk() });
    expect(empty.summary()).toMatchObject({ files: 0, messages: 0, rooms: [] });
    expect(await empty.ask('PETG 喷嘴多少度')).toMatchObject({ answered: false, excerpts: [] });
    expect([...empty.assignments()]).toEqual([]);
    expect(empty.thread('0')).toBeUndefined();
  });
});

describe('an archive that is not there', () => {
  it('is refused in one sentence that names it', async () => {
    await expect(openKnowledge({ archive: '/no/such/folder' })).rejects.toThrow(/^archive \/no\/such\/folder: no such folder/);
  });
});
