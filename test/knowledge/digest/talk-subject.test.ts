/** Which words name the subject of a guest's talk. */
import { describe, expect, it } from 'vitest';
import { announcementIn } from '../../../knowledge/digest/talk-subject.js';
import { messagesOf } from '../message-for-test.js';

const subjectOf = (...texts: readonly string[]) => announcementIn(messagesOf(...texts))?.subject;

describe('the subject of a talk', () => {
  it.each([
    ['今晚八点请到老槐给大家做分享。主题是“榫卯结构的十个误区”，欢迎签到', '榫卯结构的十个误区'],
    ['时间到，今天分享嘉宾：老槐，主题 怎么给小件报价，大家先别插话', '怎么给小件报价'],
    ['本周四有请老槐给大家分享桌面台锯的安全用法，敬请期待', '桌面台锯的安全用法'],
    ['各位晚上好，我给大家分享一下手工刨的研磨角度，有问题随时打断', '手工刨的研磨角度'],
    ['今天主要介绍硬木家具的开料顺序，一共三个部分', '硬木家具的开料顺序'],
  ])('of %s is %s', (text, subject) => {
    expect(subjectOf('晚上好', text)).toBe(subject);
  });

  it.each(['谢谢老槐的分享，主题很好', '今天讲了个笑话给徒弟听', '感谢嘉宾给大家分享，收获很多', '分享期间请不要插话'])(
    'is not told by %s',
    (text) => {
      expect(subjectOf(text)).toBeUndefined();
    },
  );

  it('is looked for at the beginning only', () => {
    const talk = Array.from({ length: 20 }, (_, i) => `第${i}步先把胶合面刨平`);
    expect(subjectOf(...talk, '下周请到小满给大家分享，主题是“车床入门”')).toBeUndefined();
  });
});
