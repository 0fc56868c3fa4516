/** What was shared on a day: links and files, each once. */
import { describe, expect, it } from 'vitest';
import { sharedIn } from '../../../knowledge/digest/links.js';
import { messagesOf, type Said } from '../message-for-test.js';

const shared = (...said: readonly (string | Said)[]) =>
  sharedIn(messagesOf(...said)).map(({ kind, title, url, message }) => [kind, title, url, message.speaker]);

describe('what was shared', () => {
  it('is a link with its title', () => {
    expect(shared('[木材含水率入门](https://example.com/wood)')).toEqual([
      ['link', '木材含水率入门', 'https://example.com/wood', 0],
    ]);
  });

  it('is an address with the words in front of it, or else those behind it, or else itself', () => {
    expect(
      shared('先看完再说。官方的说明在这里 https://example.com/a', 'https://example.com/b 第三页有参数', 'https://example.com/c'),
    ).toEqual([
      ['link', '官方的说明在这里', 'https://example.com/a', 0],
      ['link', '第三页有参数', 'https://example.com/b', 1],
      ['link', 'https://example.com/c', 'https://example.com/c', 2],
    ]);
  });

  it.each([
    ['@老槐-木工坊 https://example.com/a 含水率的表', '含水率的表'],
    ['木材的比重表 链接：https://example.com/a', '木材的比重表'],
    ['作者：老槐 链接：https://example.com/a', 'https://example.com/a'],
    ['这个你们可以看看。https://example.com/a', 'https://example.com/a'],
    ['https://example.com/a 大家看一下这个吧', 'https://example.com/a'],
  ])('is told by words that say what it is, as in %s', (text, title) => {
    expect(shared(text)).toMatchObject([['link', title, 'https://example.com/a', 0]]);
  });

  it('is a link of which an export kept the title alone', () => {
    expect(shared({ text: '木材含水率入门', kind: 'link' })).toEqual([['link', '木材含水率入门', undefined, 0]]);
  });

  it('is a file, by its kind or its name', () => {
    expect(shared('榫卯图集.pdf', { text: '报价单', kind: 'file' }, '这个 pdf 打不开')).toEqual([
      ['file', '榫卯图集.pdf', undefined, 0],
      ['file', '报价单', undefined, 1],
    ]);
  });

  it('is told once, of whoever was first, however the address is written', () => {
    expect(
      shared(
        '看 https://www.example.com/a/',
        '[同一页](http://example.com/a)',
        'https://example.com/a#top 又是它',
        '图纸.zip',
        '图纸.zip',
      ),
    ).toEqual([
      ['link', 'https://www.example.com/a/', 'https://www.example.com/a/', 0],
      ['file', '图纸.zip', undefined, 3],
    ]);
  });

  it('is no picture', () => {
    expect(shared('![2025-03-10 10:00:00](https://example.com/1.png)')).toEqual([]);
  });
});
