/** Bodies as exports carry them become the words people wrote, and say what kind of message they are. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanBody, splitQuotation, tidy, tidyName } from '../../../knowledge/text/clean.js';

describe('escaped text', () => {
  it.each([
    ['甲&#160;乙', '甲 乙'],
    ['甲&amp;#160;乙', '甲 乙'],
    ['A&amp;amp;B', 'A&B'],
    ['&amp;lt;br&amp;gt;', '<br>'],
    ['&quot;好&quot;', '"好"'],
    ['AT&T', 'AT&T'],
  ])('%s is %s', (body, text) => {
    expect(tidy(body)).toBe(text);
  });

  it('is not found in web addresses', () => {
    const url = 'https://example.com/?a=1&copy=2&lt=3&utm_source=x';
    expect(tidy(url)).toBe(url);
  });
});

describe('white space', () => {
  it('is folded, line breaks are kept', () => {
    expect(tidy('  甲\t 乙 \r\n \n 丙\u3000丁 ')).toBe('甲 乙\n丙 丁');
  });

  it('and invisible characters leave names of one line', () => {
    expect(tidyName('小\u200b满\u202e\n松果')).toBe('小满 松果');
    expect(tidyName('👨‍👩‍👧')).toBe('👨‍👩‍👧');
  });
});

describe('the kind of a message', () => {
  it.each([
    ['![2025-03-04 14:33:29](http://example.com/a.png)', 'image'],
    ['[怎么调焦](https://example.com/x)', 'link'],
    ['https://example.com/x?y=1', 'link'],
    ['[强][强]', 'emoji'],
    ['🎉🎉', 'emoji'],
    ['??', 'text'],
    ['<msg><appmsg></appmsg></msg>', 'card'],
    ['"小满"邀请"阿棠"加入了群聊', 'system'],
    ['你撤回了一条消息', 'system'],
    ['[红包]恭喜发财，大吉大利', 'redpacket'],
    ['', 'empty'],
    ['wxid_abc123def456:', 'empty'],
    ['someone123:', 'empty'],
    ['217', 'text'],
    ['[强]说得好', 'text'],
    ['看 https://example.com/x', 'text'],
    ['TODO:', 'text'],
  ])('%s is %s', (body, kind) => {
    expect(cleanBody(body).kind).toBe(kind);
  });

  it('is told without the account that stands before it', () => {
    expect(cleanBody('wxid_abc123def456:\n好的')).toEqual({ text: '好的', kind: 'text' });
  });
});

describe('a quotation', () => {
  const rule = '- - - - - - - - - - - - - - -';

  it.each([
    ['on one line', `「小满：要预热吗」 ${rule} 不用`],
    ['on several lines', `「小满：要预热吗」\n${rule}\n不用`],
    ['with a plain colon and other dashes', '「小满: 要预热吗」\n—————————\n不用'],
    ['escaped', `「小满：要预热吗」&amp;#160;${rule}&amp;#160;不用`],
  ])('%s is split off', (_, body) => {
    expect(cleanBody(body)).toEqual({ text: '不用', kind: 'text', quoted: { name: '小满', text: '要预热吗' } });
  });

  it.each([
    ['小满 12:30', `「小满 12:30：要：预热吗」 ${rule} 不用`],
    ['小满', `「小满: 要：预热吗」 ${rule} 不用`],
    ['小满', `「小满:要:预热吗」 ${rule} 不用`],
  ])('names %s: a colon within a word divides only where no other does', (name, body) => {
    expect(cleanBody(body).quoted).toEqual({ name, text: expect.stringMatching(/^要[:：]预热吗$/) });
  });

  it('of a quotation keeps the inner one', () => {
    expect(splitQuotation(`「小满：「老秦：在吗」 ${rule} 在」 ${rule} 好`)?.reply).toBe('好');
  });

  it('needs its rule of dashes', () => {
    expect(splitQuotation('「小满：要预热吗」不用')).toBeUndefined();
    expect(splitQuotation('「木工入门」 - 好书')).toBeUndefined();
  });
});

describe('any body', () => {
  const pieces = fc.constantFrom(
    '「',
    '」',
    '：',
    '- - - - - - ',
    '&amp;',
    '&#160;',
    '[',
    ']',
    '![',
    '](',
    ')',
    '\n',
    ' ',
    '@',
    'wxid_a1:',
    '?',
    '甲',
  );
  const body = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
  );

  it('is cleaned without an exception, and clean text stays as it is', () => {
    fc.assert(
      fc.property(body, (text) => {
        const once = tidy(text);
        expect(cleanBody(text).text.length).toBeLessThanOrEqual(once.length);
        if (!once.includes('&')) expect(tidy(once)).toBe(once);
      }),
    );
  });
});
