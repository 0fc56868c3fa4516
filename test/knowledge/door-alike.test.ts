/** The same said in several places is shown once, with how often it was. */
import { describe, expect, it } from 'vitest';
import { openKnowledge } from '../../knowledge/index.js';
import { archiveOnDisk, day } from './archive/archive-on-disk.js';

const NOTICE = '周六上午九点到下午三点工坊停电检修，激光机请提前关机';
const talk = (hour: number, name: string, text: string) =>
  day(
    [`${hour}:00:00`, '小满', '周末能来用激光机吗'],
    [`${hour}:01:00`, name, text],
    [`${hour}:30:00`, '灰斑鸠', '我带午饭过来'],
  );

describe('an announcement that stands in several rooms', () => {
  it('is one excerpt, which counts the others; what differs stays by itself', async () => {
    const archive = archiveOnDisk({
      '工坊/2025-03-03-chat.markdown': talk(10, '老许', NOTICE),
      '激光组/2025-03-03-chat.markdown': talk(11, '老许', NOTICE),
      '木工组/2025-03-03-chat.markdown': talk(12, '苏禾', NOTICE),
      '打印组/2025-03-03-chat.markdown': talk(13, '苏禾', '停电检修改到下周六了，激光机这周照常开放'),
    });
    const knowledge = await openKnowledge({ archive });
    const { excerpts } = await knowledge.ask('激光机停电检修');
    await knowledge.close();
    const telling = excerpts.filter(({ quotes }) => quotes.some(({ text }) => text === NOTICE));
    expect(telling.map(({ alike }) => alike)).toEqual([2]);
    const other = excerpts.find(({ quotes }) => quotes.some(({ text }) => text.includes('下周六')));
    expect(other?.alike).toBe(0);
  });
});
