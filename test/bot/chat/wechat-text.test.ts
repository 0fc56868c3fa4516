import { describe, expect, test } from 'vitest';
import { decodeWire, recalledIds, saysTooOften, textOfRawPayload } from '../../../bot/chat/wechat-text.js';

describe('text as Web WeChat sends it becomes text as it was typed', () => {
  test.each([
    ['line breaks', '方案如下:<br/>1. 先备份<br />2. 再升级', '方案如下:\n1. 先备份\n2. 再升级'],
    ['entities, each once', 'AT&amp;T &lt;b&gt; &amp;lt; &#39;&quot;', 'AT&T <b> &lt; \'"'],
    ['emoji', '好<span class="emoji emoji1f602"></span>', '好😂'],
    ['emoji of two code points', '<span class="emoji emoji1f1e81f1f3"></span>', '🇨🇳'],
    ['an emoji that is none', '<span class="emoji emojiffffffffffff"></span>', '<span class="emoji emojiffffffffffff"></span>'],
  ])('%s', (_, wire, text) => {
    expect(decodeWire(wire)).toBe(text);
  });
});

describe('the raw payload', () => {
  test('gives the whole text, also behind a second colon and line break, without the sender', () => {
    const raw = { MsgType: 1, OriginalContent: '@abc123:<br/>@群史\u2005方案如下:<br/>1. 先备份' };
    expect(textOfRawPayload(raw)).toBe('@群史\u2005方案如下:\n1. 先备份');
  });
  test.each([
    [undefined],
    ['text'],
    [{ text: '别的' }],
    [{ MsgType: 49, OriginalContent: '<xml/>' }],
    [{ MsgType: 1, OriginalContent: 7 }],
  ])('in another form gives none: %j', (raw) => {
    expect(textOfRawPayload(raw)).toBeUndefined();
  });
});

describe('a raw payload', () => {
  const recall = (ids: string) => ({
    MsgType: 10_002,
    OriginalContent: `@a1:<br/>&lt;sysmsg type="revokemsg"&gt;&lt;revokemsg&gt;${ids}&lt;/revokemsg&gt;&lt;/sysmsg&gt;`,
  });
  test('of a recall names what was taken back, in the form of either client', () => {
    expect(recalledIds(recall('&lt;oldmsgid&gt;1&lt;/oldmsgid&gt;&lt;msgid&gt;77&lt;/msgid&gt;'))).toEqual(['77']);
    expect(recalledIds(recall('&lt;msgid&gt;5&lt;/msgid&gt;&lt;newmsgid&gt;77&lt;/newmsgid&gt;'))).toEqual(['77', '5']);
  });
  test.each([undefined, null, 'x', {}, { MsgType: 1, OriginalContent: '<msgid>7</msgid>' }, recall('')])(
    '%j names nothing',
    (raw) => {
      expect(recalledIds(raw)).toEqual([]);
    },
  );
  test('tells the platform’s complaint from a member’s words', () => {
    expect(saysTooOften({ MsgType: 10_000, OriginalContent: '操作过于频繁，可稍后再试。' })).toBe(true);
    expect(saysTooOften({ MsgType: 1, OriginalContent: '操作过于频繁，可稍后再试。' })).toBe(false);
    expect(saysTooOften({ MsgType: 10_000, OriginalContent: '"Bob"修改群名' })).toBe(false);
  });
});
