/**
 * Messages -> the links and files shared in them, each once, with its title and who shared it first.
 */
import type { Message } from '../types.js';

export interface Shared {
  readonly kind: 'link' | 'file';
  readonly title: string;
  readonly url?: string;
  readonly message: Message;
}

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
  const bare = [...rest.matchAll(ADDRESS)].map(([url]) => ({
    kind: 'link' as const,
    title: rest.replace(ADDRESS, ' ').trim() || url,
    url,
    message,
  }));
  return [...titled, ...bare];
}

/** The same page, whatever way it was shared. */
function addressKey(url: string): string {
  return url.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/[#/]+$/, '');
}
