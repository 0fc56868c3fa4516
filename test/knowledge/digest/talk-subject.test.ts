/** Which words name the subject of a guest's talk. */
import { describe, expect, it } from 'vitest';
import { type Announcement, announcementIn, saidByGuest } from '../../../knowledge/digest/talk-subject.js';
import { messagesOf, type Said } from '../message-for-test.js';

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

describe('what the guest said', () => {
  const announcement = { speaker: 1, text: '今晚八点请到老槐给大家做分享。主题是“榫卯结构的十个误区”，欢迎签到' };
  const saidIn = (...said: readonly Said[]) => {
    const telling = messagesOf(announcement, ...said);
    return saidByGuest(telling, announcementIn(telling) as Announcement).map(({ text }) => text);
  };

  it('is what he says who says most', () => {
    const talk = ['第一个误区，榫头越紧越好', '第二个误区，胶可以补缝'];
    const [first = '', second = ''] = talk;
    expect(saidIn({ speaker: 2, text: first }, { speaker: 3, text: '紧到什么程度合适' }, { speaker: 2, text: second })).toEqual(
      talk,
    );
  });

  it('is everything where who announces the talk gives it', () => {
    const said = ['第一个误区，榫头越紧越好', '紧到什么程度合适'];
    const [first = '', asked = ''] = said;
    expect(saidIn({ speaker: 1, text: first }, { speaker: 2, text: asked })).toEqual([announcement.text, ...said]);
  });
});
