/** Which messages of a day say something. */
import { describe, expect, it } from 'vitest';
import { isCeremony, substanceIn } from '../../../knowledge/digest/substance.js';
import { messagesOf, type Said } from '../message-for-test.js';

const saysSomething = (...said: readonly (string | Said)[]): readonly boolean[] => {
  const messages = messagesOf(...said);
  const substance = substanceIn(messages);
  return messages.map((message) => substance(message) > 0);
};

describe('a message that says nothing', () => {
  it.each([
    '签到',
    '大家好，我是新来的',
    '大家早上好',
    '多多指教[抱拳]',
    '欢迎@老槐?木工坊?师傅?难得有榫卯高手加入',
    '祝大家新年快乐！',
    '恭喜发财，大吉大利',
    '[强][强]',
    '谢谢分享',
    '期待～',
    '终于赶上了，期待跟各位师傅学到更多',
    '一直想要这样的图纸，感谢[抱拳]',
    '收到',
    '小林-木工坊-师傅-杭州',
    '已改昵称',
    '![2025-03-10 10:00:00](https://example.com/1.png)',
  ])('is %s', (text) => {
    expect(saysSomething(text)).toEqual([false]);
  });

  it.each(['redpacket', 'emoji', 'image', 'voice', 'empty'] as const)('is one of the kind %s', (kind) => {
    expect(saysSomething({ text: '某样东西', kind })).toEqual([false]);
  });

  it('is what several people say alike', () => {
    expect(saysSomething('上海也来一场', '上海也来一场吧', '上海也来一场')).toEqual([false, true, false]);
    expect(saysSomething('车间里禁止抽烟！+1', '车间里禁止抽烟！+2', '3+2 块板')).toEqual([false, false, true]);
  });
});

describe('a message that says something', () => {
  it.each(['红包雨的金额怎么分配比较公平', '签到功能要不要做补签', '不用，先把喷头拧下来', 'PETG 要 240 度'])('is %s', (text) => {
    expect(saysSomething(text)).toEqual([true]);
  });

  it('says the more the longer it is', () => {
    const messages = messagesOf('喷头要先加热', '喷头要先加热到两百度，再用钳子拧下来，不然铜螺纹会滑丝');
    const [short = 0, long = 0] = messages.map(substanceIn(messages));
    expect(long).toBeGreaterThan(short);
  });
});

describe('a ceremony', () => {
  it.each([
    ['签到', true],
    ['微信红包', true],
    ['收到', false],
    ['今晚八点讲木材的含水率', false],
  ])('%s: %s', (text, expected) => {
    expect(messagesOf(text).map(isCeremony)).toEqual([expected]);
  });
});
