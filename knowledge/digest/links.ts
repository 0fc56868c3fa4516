/**
 * Messages -> the links and files shared in them, each once, with its title and who shared it first.
 */
import { clip, SENTENCE_BORDER } from '../answer/clip.js';
import type { Message } from '../types.js';

export interface Shared {
  readonly kind: 'link' | 'file';
  readonly title: string;
  readonly url?: string;
  readonly message: Message;
}

/** Characters of what is said beside an address. */
const TITLE_LENGTH = 60;
const TITLED = /(?<!!)\[([^\]\n]+)\]\((https?:\/\/[^)\s]+)\)/gi;
const ADDRESS = /https?:\/\/[\x21-\x28\x2a-\x7e]+/gi;
const IMAGE = /!\[[^\]]*\]\([^)\s]*\)/g;
/** Whom it is for, and the label of an address: 链接：, 网址：. */
const CALLED = /^\s*(?:@[^\s?？]+[?？]?\s*)+/;
const LABEL = /(?:链接|连接|网址|地址)?[\s：:]*$/;
/** Characters of which words consist that tell nothing of what is shared: 这个你们可以看看. */
const POINTING =
  /^[\s\p{P}\p{S}这那个里边是上下面如就大家你们他我自己各位可以需要直接点击进打开访问参考见详情请看一链接网址地站官文章分享发来去给在的了吧哦啊呢哈也有和到从]*$/u;
/** What a site puts in front of an address that is copied from it. */
const ORIGIN = /^(?:作者|来源)[：:]/;
const FILE =
  /^[^\n。，？！]{1,80}\.(?:pdf|docx?|pptx?|xlsx?|csv|txt|md|zip|rar|7z|mp4|apk|epub|xmind|vsdx?|stl|dxf|step|gcode)$/i;

export function sharedIn(messages: readonly Message[]): readonly Shared[] {
  const found = new Map<string, Shared>();
  for (const message of messages) {
    for (const one of sharedBy(message)) {
      const key = one.url === undefined ? one.title.toLowerCase().replace(/\s+/g, '') : addressKey(one.url);
      if (!found.has(key)) found.set(key, one);
    }
  }
  return [...found.values()];
}

function sharedBy(message: Message): readonly Shared[] {
  const text = message.text.replace(IMAGE, ' ').trim();
  if (message.kind === 'file' || FILE.test(text)) return text === '' ? [] : [{ kind: 'file', title: text, message }];
  const titled = [...text.matchAll(TITLED)].map(([, title = '', url = '']) => ({ kind: 'link' as const, title, url, message }));
  const rest = text.replace(TITLED, ' ');
  const bare = [...rest.matchAll(ADDRESS)].map((match) => {
    const [url] = match;
    return { kind: 'link' as const, title: saidAround(rest, match.index, url.length) || url, url, message };
  });
  const found = [...titled, ...bare];
  // Some exports keep of a link its title alone.
  return found.length === 0 && message.kind === 'link' && text !== '' ? [{ kind: 'link', title: text, message }] : found;
}

/** What stands beside an address in its line and tells what it is: right before it, else behind it. */
function saidAround(text: string, at: number, length: number): string {
  const before = text.slice(0, at).split('\n').at(-1) ?? '';
  const behind = text.slice(at + length).split('\n')[0] ?? '';
  return titleIn(before, -1) || titleIn(behind, 0);
}

/** The sentence at this place of some words; empty if it only points at something. */
function titleIn(words: string, place: 0 | -1): string {
  const sentences = words
    .replace(ADDRESS, ' ')
    .replace(CALLED, '')
    .split(SENTENCE_BORDER)
    .map((sentence) => sentence.replace(LABEL, '').trim())
    .filter((sentence) => sentence !== '');
  const title = sentences.at(place) ?? '';
  return POINTING.test(title) || ORIGIN.test(title) ? '' : clip(title, TITLE_LENGTH, () => 1);
}

/** The same for one page, whatever way its address was written. Behind `#!` and `#/` stand pages, behind another # places in one. */
function addressKey(url: string): string {
  return url
    .replace(/^https?:\/\/(?:www\.)?/i, '')
    .replace(/#(?![!/]).*$/, '')
    .replace(/\/+$/, '');
}
