/**
 * Message bodies as transcripts carry them -> text as people wrote it.
 *
 * In: a verbatim body. Out: the same words with entities decoded and white space tidied, its quoted part split off,
 * and what kind of message it is. Nothing is added and no visible word is removed: quotes shown later are cut from this text.
 */
import { decodeHTMLStrict } from 'entities';
import type { MessageKind, QuotedMessage } from '../types.js';

export interface CleanBody {
  readonly text: string;
  readonly kind: MessageKind;
  readonly quoted?: QuotedMessage;
}

// A zero-width joiner between pictures makes one picture of them (a family), so that one stays.
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control, bidi and zero-width characters are exactly what is removed here.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\u200d(?!\p{Extended_Pictographic})/gu;
const SPACES = /[^\S\n]+/g;
const BLANK_LINES = /\s*\n\s*/g;

/**
 * Exports escape up to three times (`&amp;amp;#160;`), so decoding is repeated until nothing changes. Only what ends in
 * a semicolon is an entity: the `&copy=` of a web address is not.
 */
export function decodeEntities(text: string): string {
  let current = text;
  for (let round = 0; round < 4 && current.includes('&'); round++) {
    const decoded = decodeHTMLStrict(current);
    if (decoded === current) break;
    current = decoded;
  }
  return current;
}

/** Decodes entities, removes invisible characters, folds runs of white space; line breaks stay single. */
export function tidy(text: string): string {
  return decodeEntities(text).replace(INVISIBLE, '').replace(SPACES, ' ').replace(BLANK_LINES, '\n').trim();
}

/** Whether a text holds characters that steer a terminal or turn the direction of writing. */
export function hasControl(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  return /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(text);
}

/** A name as shown: one line, without invisible characters. */
export function tidyName(name: string): string {
  return tidy(name).replace(/\n/g, ' ');
}

// WeChat writes a reply as 「name：text」, a rule of dashes, then the reply, on one line or on several.
const QUOTATION = /^「([\s\S]*)」\s*(?:[-—] ?){5,}\s*([\s\S]*)$/;
// A name may hold a time, so a colon within a word divides only where no other one does.
const QUOTED_NAME = [/^\s*([^\n]*?)\s*(?:：|:\s)\s*([\s\S]*?)\s*$/, /^\s*([^\n]*?)\s*:\s*([\s\S]*?)\s*$/];

/** Splits `「name：text」 - - - - - reply`. Undefined if the text is not of that form. */
export function splitQuotation(text: string): { readonly quoted: QuotedMessage; readonly reply: string } | undefined {
  if (!text.startsWith('「')) return undefined;
  const whole = QUOTATION.exec(text);
  if (!whole) return undefined;
  const printed = whole[1] ?? '';
  const inner = QUOTED_NAME[0]?.exec(printed) ?? QUOTED_NAME[1]?.exec(printed);
  if (!inner) return undefined;
  return { quoted: { name: inner[1] ?? '', text: inner[2] ?? '' }, reply: whole[2] ?? '' };
}

const ID_PREFIX = /^(?:wxid_[0-9a-z]+|[0-9a-z_-]{6,}@chatroom)\s*[:：]\s*/i;
// What is left of a lost picture: the sender's account, which is a letter and 5 to 19 more, and nothing after it.
const ACCOUNT_ALONE = /^[a-z][\w-]{5,19}:$/i;
const IMAGE = /^!\[[^\]]*\]\([^)\s]*\)$/;
const LINK = /^(?:\[[^\]]*\]\(https?:\/\/[^)\s]*\)|https?:\/\/\S+)$/i;
const XML = /^<\?xml\b|^<(?:msg|sysmsg|appmsg)\b/;
const EMOJI_CODES = /^(?:\[[^[\]\n]{1,8}\]|\p{Extended_Pictographic}|\ufe0f|\u200d|[\u{1f3fb}-\u{1f3ff}]|\s|\?)+$/u;
const EMOJI_CODE_OR_PICTURE = /\[[^[\]\n]{1,8}\]|\p{Extended_Pictographic}/u;
const RED_PACKET = /^(?:\[(?:微信)?红包\]|恭喜发财，大吉大利|收到红包，请在手机上查看|Red packet received)/;
const SYSTEM =
  /撤回了一条消息$|加入了?群聊$|邀请.{1,60}加入了?群聊|修改群名为“|拍了拍|^(?:你|.{1,30})领取了.{1,30}的红包|recalled a message|joined the group chat/;

/** Cleans one message body and says what it is. `kind` is only derived from the text; formats that know better pass theirs on. */
export function cleanBody(body: string): CleanBody {
  const whole = tidy(body).replace(ID_PREFIX, '').replace(ACCOUNT_ALONE, '');
  const quotation = splitQuotation(whole);
  const text = quotation ? quotation.reply.trim() : whole;
  const kind = kindOf(text);
  return quotation ? { text, kind, quoted: quotation.quoted } : { text, kind };
}

function kindOf(text: string): MessageKind {
  if (text === '') return 'empty';
  if (IMAGE.test(text)) return 'image';
  if (LINK.test(text)) return 'link';
  if (XML.test(text)) return 'card';
  if (text.length <= 200) {
    if (RED_PACKET.test(text)) return 'redpacket';
    if (EMOJI_CODES.test(text) && EMOJI_CODE_OR_PICTURE.test(text)) return 'emoji';
    if (text.length <= 120 && SYSTEM.test(text)) return 'system';
  }
  return 'text';
}
