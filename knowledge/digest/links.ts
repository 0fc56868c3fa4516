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
  return [...titled, ...bare];
}

/** What stands beside an address in its line: right before it, else behind it. */
function saidAround(text: string, at: number, length: number): string {
  const before = text.slice(0, at).split('\n').at(-1)?.replace(ADDRESS, ' ').trim() ?? '';
  const behind =
    text
      .slice(at + length)
      .split('\n')[0]
      ?.replace(ADDRESS, ' ')
      .trim() ?? '';
  const [words, part] = /[\p{L}\p{N}]/u.test(before) ? [before, -1] : [behind, 0];
  const sentences = words.split(SENTENCE_BORDER).filter((sentence) => sentence.trim() !== '');
  return clip((sentences.at(part) ?? '').trim(), TITLE_LENGTH, () => 1);
}

/** The same for one page, whatever way its address was written. Behind `#!` and `#/` stand pages, behind another # places in one. */
function addressKey(url: string): string {
  return url
    .replace(/^https?:\/\/(?:www\.)?/i, '')
    .replace(/#(?![!/]).*$/, '')
    .replace(/\/+$/, '');
}
