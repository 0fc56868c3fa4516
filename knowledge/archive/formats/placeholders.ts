/**
 * What exporters print for a message that is no text -> its kind.
 *
 * Every tool has its own brackets: `[图片]`, `【图片】`, `<图片>`, `![图片](http://…)`, `[链接|标题](网址)`, `[文件: 名(请在附件中查看)]`.
 * Nothing but a whole placeholder is one: somebody may type `[图片] 怎么发`.
 */
import type { MessageKind } from '../../types.js';

/** Words in the brackets; a longer one stands before the shorter with which it begins. */
const WORDS: readonly (readonly [string, MessageKind])[] = [
  ['图片', 'image'],
  ['照片', 'image'],
  ['语音/视频通话', 'system'],
  ['语音通话', 'system'],
  ['视频通话', 'system'],
  ['音视频通话', 'system'],
  ['语音消息', 'voice'],
  ['语音', 'voice'],
  ['视频号直播', 'link'],
  ['视频号', 'link'],
  ['视频', 'video'],
  ['动画表情', 'emoji'],
  ['GIF表情', 'emoji'],
  ['表情包', 'emoji'],
  ['表情', 'emoji'],
  ['文件', 'file'],
  ['分享链接', 'link'],
  ['链接', 'link'],
  ['分享', 'link'],
  ['小程序', 'link'],
  ['图文', 'link'],
  ['音乐分享', 'link'],
  ['音乐', 'link'],
  ['笔记', 'link'],
  ['名片', 'card'],
  ['位置分享', 'card'],
  ['位置', 'card'],
  ['合并转发的聊天记录', 'card'],
  ['合并转发', 'card'],
  ['转发的聊天记录', 'card'],
  ['聊天记录', 'card'],
  ['其他消息', 'card'],
  ['不支持的消息类型', 'card'],
  ['未知消息类型', 'card'],
  ['红包封面', 'redpacket'],
  ['红包', 'redpacket'],
  ['微信红包', 'redpacket'],
  ['转账收款', 'redpacket'],
  ['转账', 'redpacket'],
  ['发起转账', 'redpacket'],
  ['发起非实时转账', 'redpacket'],
  ['非实时转账收款', 'redpacket'],
  ['已收款', 'redpacket'],
  ['已退还', 'redpacket'],
  ['系统消息', 'system'],
];

/** Of these tools print more behind the bracket: a title, a name, who spoke in the forwarded talk. */
const WITH_WORDS: ReadonlySet<MessageKind> = new Set<MessageKind>(['link', 'file', 'card', 'redpacket', 'system']);
const BRACKETS: Readonly<Record<string, string>> = { '[': ']', '【': '】', '<': '>' };

/** Undefined if the body is talk, or something that is recognised in every body: a notice, a picture in Markdown, a bare link. */
export function kindOfPlaceholder(body: string): MessageKind | undefined {
  const start = body.startsWith('![') ? 1 : 0;
  const close = BRACKETS[body[start] ?? ''];
  if (close === undefined) return undefined;
  const inside = body.slice(start + 1, start + 24);
  const known = WORDS.find(([word]) => inside.startsWith(word));
  if (known === undefined) return undefined;
  const [word, kind] = known;
  const after = start + 1 + word.length;
  // Only details may stand between the word and its bracket: a file's name, a title, what a transfer was.
  if (body[after] !== close && !/[|:： (-]/.test(body[after] ?? '')) return undefined;
  const end = body[after] === close ? after : body.indexOf(close, after);
  if (end < 0) return undefined;
  return WITH_WORDS.has(kind) || isDetail(body.slice(end + 1), kind) ? kind : undefined;
}

/** `(http://…)` behind a picture, `12s` behind a video, what was said behind a voice message, a description behind an emoji. */
function isDetail(rest: string, kind: MessageKind): boolean {
  if (rest.trim() === '' || /^\d{1,5}(?:s|秒|"|″)?$/.test(rest)) return true;
  if (rest.startsWith('(http') && rest.endsWith(')')) return true;
  return kind === 'voice' || (kind === 'emoji' && rest.length <= 30);
}

/** Parts of the names that tools give to types, `(分享)卡片式链接`, `消息撤回57`; the first that fits counts. */
const TYPE_WORDS: readonly (readonly [RegExp, MessageKind])[] = [
  [/系统|撤回|拍一拍|加群|添加好友|通话/, 'system'],
  [/红包|转账/, 'redpacket'],
  [/聊天记录|名片|公众号|位置/, 'card'],
  [/视频号|小程序|链接|网页|图文|分享|音乐/, 'link'],
  [/图片/, 'image'],
  [/语音/, 'voice'],
  [/视频/, 'video'],
  [/表情/, 'emoji'],
  [/文件/, 'file'],
];

/** Undefined for text, quotations and what is not known. */
export function kindOfTypeName(name: string): MessageKind | undefined {
  return TYPE_WORDS.find(([words]) => words.test(name))?.[1];
}
