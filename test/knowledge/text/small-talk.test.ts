import { describe, expect, it } from 'vitest';
import { isSmallTalk } from '../../../knowledge/text/small-talk.js';

describe('talk with the bot itself', () => {
  it.each([
    '你好',
    'hello',
    'Hi!',
    '喂？',
    '在吗，有人吗',
    '早上好，新的一周加油',
    '谢谢啦',
    '谢谢你，帮大忙了',
    '晚安各位',
    '你是谁呀',
    '你是机器人吗',
    '你会唱歌吗',
    '你喜欢什么颜色',
    '你真聪明',
    '讲个笑话呗',
    '唱首歌来听听',
    '帮我写一首春天的诗',
    '今天天气怎么样',
    '我今天好累',
  ])('is %s', (text) => {
    expect(isSmallTalk(text)).toBe(true);
  });
});

describe('a question to the group', () => {
  it.each([
    ['that begins with a greeting', '你好，请问PETG喷嘴多少度'],
    ['that begins with thanks', '谢谢大家，那风扇开多少'],
    ['after a call', '在吗，谁有铝材供应商的联系方式'],
    ['after a greeting, in keywords', '你好 PETG 喷嘴'],
    ['whose first word begins like a call', '喂料速度多少合适'],
    ['whose first word begins like hi', 'hive表怎么优化'],
    ['whose first word begins like hello', '早期失效怎么算'],
    ['whose first word begins like received', '收到假币怎么办'],
    ['whose first word begins like good', '好的打印机推荐一下'],
    ['whose first word begins like thanks', '感谢信怎么写'],
    ['put to the bot', '你能找到上次那个BOM表吗'],
    ['about the weather at work', '天气好的时候户外喷漆要注意什么'],
    ['of somebody who feels nothing', '我今天想问一下开心网的案例'],
  ])('%s: %s', (_, text) => {
    expect(isSmallTalk(text)).toBe(false);
  });

  it('is no small talk if it is long', () => {
    expect(isSmallTalk(`你好，${'床温六十度粘不住，'.repeat(5)}`)).toBe(false);
  });
});
