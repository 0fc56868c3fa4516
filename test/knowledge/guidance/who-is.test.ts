/** Whom somebody in the chat is in the archive: what 忘记我 shows before it forgets, and exactly what it then forgets. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Forgotten, type Knowledge, openKnowledge } from '../../../knowledge/index.js';
import { archiveOnDisk, day } from '../archive/archive-on-disk.js';
import { live } from '../kept-archive.js';
import { everyQuote } from './traces-for-test.js';

const NOON = Date.parse('2025-03-24T12:00:00+08:00');
const OLD = '甲/_posts/2025-03-03-chat.markdown';

async function opened(files: Readonly<Record<string, string>> = {}): Promise<Knowledge> {
  const knowledge = await openKnowledge({ archive: archiveOnDisk(files), now: () => NOON });
  onTestFinished(() => knowledge.close());
  return knowledge;
}

/** What is not shown any more once this person is forgotten. */
async function textsLost(knowledge: Knowledge, forgotten: Forgotten): Promise<readonly string[]> {
  const before = everyQuote(knowledge);
  knowledge.heed({ forgotten: [forgotten], hidden: [], judgements: [] });
  const after = new Set(everyQuote(knowledge).map(({ file, line }) => `${file}:${line}`));
  knowledge.heed({ forgotten: [], hidden: [], judgements: [] });
  return before.filter(({ file, line }) => !after.has(`${file}:${line}`)).map(({ text }) => text);
}

describe('a person in the chat', () => {
  const talk = day(
    ['09:00:00', '小鱼-某厂-焊接-宁波', '料要烘'],
    ['09:01:00', '小鱼-某厂-焊接-宁波', '风扇三成'],
    ['09:02:00', '豆豆', '好'],
  );

  it('is known by any of his names, with those he used and the number of his messages', async () => {
    const knowledge = await opened({ [OLD]: talk, 'aliases.txt': '小鱼-某厂-焊接-宁波 = 鱼儿' });
    const person = { rooms: ['甲'], names: ['鱼儿'] };
    expect(await knowledge.whoIs(person)).toEqual({ names: ['小鱼-某厂-焊接-宁波'], messages: 2 });
    expect(await textsLost(knowledge, person)).toEqual(['料要烘', '风扇三成']);
  });

  it('is nobody where he never spoke, nor by a part of a name, nor as 我', async () => {
    const knowledge = await opened({ [OLD]: talk, '乙/2025-03-03.md': day(['09:00:00', '我', '早']) });
    for (const person of [
      { rooms: ['乙'], names: ['小鱼-某厂-焊接-宁波'] },
      { rooms: ['甲'], names: ['小鱼'] },
      { rooms: ['甲'], names: ['豆', ''] },
      { rooms: ['乙'], names: ['我'] },
      { rooms: [], names: ['豆豆'] },
    ]) {
      expect(await knowledge.whoIs(person)).toBeUndefined();
      expect(await textsLost(knowledge, person)).toEqual([]);
    }
  });

  it('is known by the chat’s id, under whatever name he spoke', async () => {
    const knowledge = await opened();
    await knowledge.record(live('1', NOON, '旧名说的', { sender: '@a', name: '旧名' }));
    await knowledge.record(live('2', NOON + 1000, '别人说的', { sender: '@b', name: '豆豆' }));
    await knowledge.ask('x');
    const person = { rooms: ['甲'], names: ['新名'], senders: ['@a'] };
    expect(await knowledge.whoIs(person)).toEqual({ names: ['旧名'], messages: 1 });
    expect(await textsLost(knowledge, person)).toEqual(['旧名说的']);
  });

  it('is not another one who carries his name and was heard under another id', async () => {
    const knowledge = await opened();
    await knowledge.record(live('1', NOON, '本人说的', { sender: '@a', name: '小鱼' }));
    await knowledge.record(live('2', NOON + 1000, '同名者说的', { sender: '@b', name: '小鱼' }));
    await knowledge.ask('x');
    expect(await textsLost(knowledge, { rooms: ['甲'], names: ['小鱼'], senders: ['@a'] })).toEqual(['本人说的']);
  });

  describe('whose name somebody else was heard under before, in the same login', () => {
    const someone = { sender: '@d', name: '豆豆' };
    const mine = { rooms: ['甲'], names: ['小鱼'], senders: ['@a'], present: ['@d'] };

    it('is nobody by that name, if he was not heard himself', async () => {
      const knowledge = await opened({ [OLD]: day(['09:00:00', '小鱼', '料要烘']) });
      await knowledge.record(live('1', NOON, '走了的人说的', { sender: '@b', name: '某某', groupNickname: '小鱼' }));
      await knowledge.record(live('2', NOON + 1000, '早', someone));
      expect(await knowledge.whoIs(mine)).toEqual({ names: [], messages: 0, isShared: true });
      const { present: _, ...later } = mine;
      expect((await knowledge.whoIs(later))?.isShared).toBeUndefined();
      expect((await knowledge.whoIs({ ...mine, senders: ['@b'] }))?.isShared).toBeUndefined();
    });

    it('is he who spoke under his own id, and no more', async () => {
      const knowledge = await opened({ [OLD]: day(['09:00:00', '小鱼', '料要烘']) });
      await knowledge.record(live('1', NOON, '走了的人说的', { sender: '@b', name: '小鱼' }));
      await knowledge.record(live('2', NOON + 1000, '后来的人说的', { sender: '@a', name: '小鱼' }));
      expect(await knowledge.whoIs(mine)).toEqual({ names: ['小鱼'], messages: 1, isShared: true });
      expect(await textsLost(knowledge, { ...mine, names: [] })).toEqual(['后来的人说的']);
    });

    it('is as ever, if he was heard under it first', async () => {
      const knowledge = await opened({ [OLD]: day(['09:00:00', '小鱼', '料要烘']) });
      await knowledge.record(live('1', NOON, '本人说的', { sender: '@a', name: '小鱼' }));
      await knowledge.record(live('2', NOON + 1000, '后来的人说的', { sender: '@b', name: '小鱼' }));
      expect(await knowledge.whoIs(mine)).toEqual({ names: ['小鱼'], messages: 2 });
      expect(await textsLost(knowledge, mine)).toEqual(['料要烘', '本人说的']);
    });

    it('is nobody, if they were heard in two runs of the bot and taken for one', async () => {
      const archive = archiveOnDisk({});
      const run = async (...said: readonly Parameters<typeof live>[]) => {
        const knowledge = await openKnowledge({ archive, now: () => NOON });
        onTestFinished(() => knowledge.close());
        for (const one of said) await knowledge.record(live(...one));
        return knowledge;
      };
      const before = await run(['1', NOON, '走了的人说的', { sender: '@b', name: '小鱼' }], ['2', NOON, '早', someone]);
      await before.close();
      const after = await run(['3', NOON + 1000, '后来的人说的', { sender: '@a', name: '小鱼' }]);
      expect(await after.whoIs(mine)).toEqual({ names: [], messages: 0, isShared: true });
    });
  });

  it('is counted without what he said to the bot, and though he is forgotten', async () => {
    const knowledge = await opened({ [OLD]: talk });
    await knowledge.record(live('1', NOON, '@群史 忘记我', { name: '豆豆', kind: 'bot' }));
    await knowledge.ask('x');
    const person = { rooms: ['甲'], names: ['豆豆'] };
    knowledge.heed({ forgotten: [person], hidden: [], judgements: [] });
    expect(await knowledge.whoIs(person)).toEqual({ names: ['豆豆'], messages: 1 });
  });
});
