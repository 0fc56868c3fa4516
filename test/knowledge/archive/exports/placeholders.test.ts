/** What tools print for a message that is no text is told from what people type. */
import { describe, expect, it } from 'vitest';
import { kindOfPlaceholder, kindOfTypeName } from '../../../../knowledge/archive/formats/placeholders.js';

describe('a placeholder', () => {
  it.each([
    ['[图片]', 'image'],
    ['<图片>', 'image'],
    ['![图片](http://127.0.0.1:5030/image/0a1b)', 'image'],
    ['[图片: 3f2a.jpg(请在附件中查看)]', 'image'],
    ['[语音消息] 晚点到', 'voice'],
    ['[语音通话]', 'system'],
    ['[视频]12s', 'video'],
    ['[视频号|做饭](https://example.com)', 'link'],
    ['【表情包】 摸头', 'emoji'],
    ['[动画表情]', 'emoji'],
    ['[文件|路线.pdf](http://127.0.0.1:5030/file/77)', 'file'],
    ['[链接|标题 [二]](https://example.com)', 'link'],
    ['【合并转发的聊天记录】\n\n- 2024-10-01 10:00:00 甲: 好', 'card'],
    ['[转账|收款 ￥1.00]', 'redpacket'],
    ['[转账收款] (甲 转账给 乙) ￥1.00', 'redpacket'],
    ['【发起非实时转账】:￥1.00', 'redpacket'],
    ['[视频号直播|做饭]', 'link'],
    ['[图文] 三步做饭', 'link'],
    ['[未知消息类型(103)]', 'card'],
    ['[不支持的消息类型]', 'card'],
    ['【红包】: 恭喜发财', 'redpacket'],
  ])('%s', (body, kind) => {
    expect(kindOfPlaceholder(body)).toBe(kind);
  });

  it.each(['[图片] 怎么发', '图片', '[图片怎么发]', '[图片', '[微笑]', '[视频]太长了别发', '看 [链接]', '<b>', '', '[', '!['])(
    'is not %j',
    (body) => {
      expect(kindOfPlaceholder(body)).toBeUndefined();
    },
  );
});

it.each([
  ['文本', undefined],
  ['引用回复', undefined],
  ['(分享)卡片式链接', 'link'],
  ['(分享)视频号视频', 'link'],
  ['合并转发的聊天记录', 'card'],
  ['图文消息', 'link'],
  ['用户上传的GIF表情', 'emoji'],
  ['消息撤回57', 'system'],
  ['拍一拍', 'system'],
  ['赠送红包封面', 'redpacket'],
  ['网页', 'link'],
])('a type called %s is %s', (name, kind) => {
  expect(kindOfTypeName(name)).toBe(kind);
});
