/** WeChat's own numbers for types of messages, which exports of its databases keep -> kinds. */
import type { MessageKind } from '../../types.js';

const KINDS: Readonly<Record<number, MessageKind>> = {
  3: 'image',
  34: 'voice',
  42: 'card',
  43: 'video',
  47: 'emoji',
  48: 'card',
  50: 'system',
  10000: 'system',
  10002: 'system',
};
/** Whatever is shared has this type, and a subtype. */
const SHARED = 49;
const SHARED_KINDS: Readonly<Record<number, MessageKind>> = {
  3: 'link',
  4: 'link',
  5: 'link',
  6: 'file',
  8: 'emoji',
  17: 'card',
  19: 'card',
  33: 'link',
  36: 'link',
  51: 'link',
  62: 'system',
  63: 'link',
  74: 'file',
  92: 'link',
  2000: 'redpacket',
  2001: 'redpacket',
  2003: 'redpacket',
};
const QUOTE = 57;
const RECORD = 19;

/** Undefined for text, quotations and what is not known. */
export function kindOfWechatType(type: number, subType: number): MessageKind | undefined {
  return type === SHARED ? SHARED_KINDS[subType] : KINDS[type];
}

export function isQuotation(type: number, subType: number): boolean {
  return type === SHARED && subType === QUOTE;
}

/** Talk that was forwarded as one message. */
export function isForwardedRecord(type: number, subType: number): boolean {
  return type === SHARED && subType === RECORD;
}
