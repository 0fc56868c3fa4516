/** Which conversation of a day stands before which, on days made up for it. */
import { describe, expect, it } from 'vitest';
import { days, digestOn, glueTalk, opened } from './invented-days.js';

const DATE = '2025-03-10';
const HOUR = 3_600_000;

/** Local hours at which its topics began, in the order in which it tells of them. */
const hours = async (...talks: readonly string[]): Promise<readonly number[]> =>
  digestOn(await opened(days({ [DATE]: talks.join('\n') })), DATE).topics.map(({ from }) =>
    new Date(from + 8 * HOUR).getUTCHours(),
  );

describe('small talk', () => {
  it('in which many people threw in a remark stands behind what three people talked about in whole sentences', async () => {
    const lively = `
      15:00 阿布 食堂的红烧肉太咸
      15:01 豆包 红烧肉就没淡过
      15:02 青禾 红烧肉配米饭正好
      15:03 石头 我只喝汤不吃肉
      15:04 半夏 红烧肉昨天卖光了
      15:05 阿川 食堂师傅手抖了
      15:06 阿布 食堂明天换师傅`;
    expect(await hours(glueTalk('20'), lively)).toEqual([20, 15]);
  });
});

describe('of two talks of as many people, the first told is', () => {
  const saw = (first: string) => `
    10:00 阿布 ${first}
    10:02 豆包 台锯的锯片换成六十齿的就不会崩边了
    10:04 青禾 台锯的锯片先降低一点高度再慢慢推过`;
  const lathe = (first: string) => `
    20:00 阿布 ${first}
    20:02 豆包 车床的车刀磨到三十度就不会扎刀跳动了
    20:04 青禾 车床的车刀伸出来的部分再短一点会更稳`;
  const sawing = '台锯锯白橡的时候底面总是崩边了一大片';
  const turning = '车床车白橡的时候总是扎刀跳动一大下';

  it('the one that says more', async () => {
    expect(await hours(saw(sawing), lathe(turning))).toEqual([20, 10]);
    expect(await hours(saw(`${sawing}，换了两张新锯片也还是一样`), lathe(turning))).toEqual([10, 20]);
  });

  it('the one in which something was shared', async () => {
    expect(await hours(saw(`${sawing} https://example.com/saw`), lathe(turning))).toEqual([10, 20]);
  });

  it('the one that began with a question and has its answer', async () => {
    expect(await hours(saw('请教各位台锯锯白橡底面崩边怎么解决？'), lathe(turning))).toEqual([10, 20]);
  });
});
