import { describe, expect, it } from 'vitest';
import { type Signs, signsOf } from '../../../knowledge/threads/signs.js';
import type { MessageKind } from '../../../knowledge/types.js';
import { talk } from './talk-for-test.js';

function signs(text: string, kind: MessageKind = 'text'): Signs {
  const [message] = talk('10:00 小林 x');
  if (!message) throw new Error('no message');
  return signsOf({ ...message, text, kind });
}

describe('A message', () => {
  it.each<[keyof Signs, string]>([
    ['question', '温度要调到多少？'],
    ['question', '这个能不能切亚克力'],
    ['appeal', '请教各位，木板怎么封边'],
    ['appeal', '有没有人用过这个模块'],
    ['reaction', '签到'],
    ['reaction', '谢谢分享！'],
    ['reaction', '赞赞赞'],
    ['emoji', '[强][强]'],
    ['link', '看这里 https://example.org/a'],
    ['turn', '话说周末谁来'],
    ['continuation', '那就降十度'],
    ['title', '激光切割安全手册.pdf'],
    ['talk', '今晚请到阿树给大家做分享，主题是封边'],
    ['mentionsUnknown', '@谁也不是 在吗'],
  ])('is known as %s: %s', (sign, text) => {
    expect(signs(text)[sign]).toBe(1);
  });

  it.each<[keyof Signs, string]>([
    ['question', '@小林? 降温度就好'],
    ['appeal', '大家好'],
    ['reaction', '谢谢，不过我的打印机没有这个选项'],
    ['emoji', '好[强]'],
    ['talk', '谢谢分享'],
    ['title', '我觉得这样不行'],
  ])('is not taken for %s: %s', (sign, text) => {
    expect(signs(text)[sign]).toBe(0);
  });

  it('is a picture if nothing of it was exported but that it was sent', () => {
    expect(signs('', 'image').image).toBe(1);
    expect(signs('', 'empty').image).toBe(1);
  });
});
