/** A meaning model that cannot be had must cost nobody an answer. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type MeaningState, openKnowledge } from '../../knowledge/index.js';
import { archiveOnDisk } from './archive/archive-on-disk.js';
import { DAY_AFTER, openSample, SAMPLE } from './sample-for-test.js';

describe('a meaning model that is not there', () => {
  it('leaves the answers by words alone, and says why in one sentence', async () => {
    const told: MeaningState[] = [];
    const folder = join(archiveOnDisk(), 'no-model');
    const knowledge = await openKnowledge({
      archive: SAMPLE,
      now: () => DAY_AFTER,
      meaning: { folder, cache: join(folder, 'cache'), fetchMissing: false },
      onMeaning: (state) => told.push(state),
    });
    await knowledge.settled();
    expect(knowledge.meaning()).toMatchObject({ ready: 0, fault: expect.stringContaining(folder) });
    expect(knowledge.meaning()?.fault).not.toContain('\n');
    expect(told).toEqual([knowledge.meaning()]);
    expect(await knowledge.ask('PETG 拉丝')).toEqual(await (await openSample()).ask('PETG 拉丝'));
    await knowledge.close();
  });

  it('may be closed before it is open, and then says nothing any more', async () => {
    const told: MeaningState[] = [];
    const folder = join(archiveOnDisk(), 'no-model');
    const knowledge = await openKnowledge({
      archive: archiveOnDisk(),
      meaning: { url: 'http://127.0.0.1:9/v1', model: 'none', cache: folder },
      onMeaning: (state) => told.push(state),
    });
    const before = told.length;
    await knowledge.close();
    await knowledge.settled();
    expect(told.length).toBe(before);
  });

  it('is absent where none was chosen', async () => {
    const knowledge = await openKnowledge({ archive: archiveOnDisk() });
    expect(knowledge.meaning()).toBeUndefined();
    await knowledge.settled();
    await knowledge.close();
  });
});
