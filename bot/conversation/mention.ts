/**
 * Was the bot called, and what was said to it?
 *
 * In: the whole text of a message and the names the bot goes by. Out: the text without the marks that call the bot,
 * or undefined if nothing calls it. Web WeChat carries no list of mentions: the text is all there is.
 */
import type { QuotedMessage } from '../../knowledge/index.js';

/** A quoted message in front of a reply. Old questions to the bot stand in there; they must not be answered again. */
const QUOTED = /^\s*「([\s\S]*?)」\s*(?:[-－—–][ \u00a0]?){5,}/;

/** Only WeChat's own picker writes this space, and it writes it straight after the name. */
const PICKER_SPACE = '\u2005';
const LONGEST_NAME = 30;
/** Characters of a message that are looked at: no question is longer, and a megabyte must not keep everybody waiting. */
export const READ_OF_MESSAGE = 4_000;

/** The text of a message without the message it quotes. */
export function withoutQuoted(text: string): string {
  return text.replace(QUOTED, '');
}

/** The quoted message in front of a reply, as name and text; undefined if there is none, or none with a name. */
export function quotedIn(text: string): QuotedMessage | undefined {
  const [, quoted = ''] = QUOTED.exec(text) ?? [];
  const [, name, said] = /^([^：:]{1,60})[：:]([\s\S]*)$/.exec(quoted) ?? [];
  return name === undefined || said === undefined ? undefined : { name, text: said.trim() };
}

/**
 * What is said to the bot: the message without its quoted part and without "@name" of the bot, tidied; `''` if it was
 * only called; undefined if it was not.
 *
 * @example calledWith('@群史，怎么报销？', ['群史']) // '怎么报销？'
 */
export function calledWith(text: string, names: readonly string[]): string | undefined {
  const said = withoutQuoted(text).slice(0, READ_OF_MESSAGE);
  // The longest name first: "@群史助手" must not be read as "@群史" and "助手".
  const wanted = [...new Set(names.map((name) => name.trim()).filter((name) => name !== ''))].sort((a, b) => b.length - a.length);
  if (wanted.length === 0) return undefined;
  const marks = new RegExp(`(?<![0-9A-Za-z_])[@＠](?:${wanted.map(namePattern).join('|')})`, 'giu');

  let called = false;
  const rest = said.replace(marks, (mark: string, offset: number) => {
    if (goesOn(said.slice(offset + mark.length), mark)) return mark;
    called = true;
    return ' ';
  });
  if (!called) return undefined;
  return rest
    .replace(/[^\S\n]+/g, ' ')
    .trim()
    .replace(/^[\s,，、:：;；。.!！]+/, '');
}

/** A name to be found literally, whatever kind of space stands in it. */
function namePattern(name: string): string {
  return name
    .split(/\s+/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('\\s+');
}

/** Whether the mark is only the beginning of another name or of an address. */
function goesOn(after: string, mark: string): boolean {
  // "@GroupBots": a Latin word goes on. A Chinese name needs no separator: "@群史API怎么用" is a question.
  if (/[0-9A-Za-z_]$/.test(mark) && /^[0-9A-Za-z_]/.test(after)) return true;
  // "@群史.com"
  if (/^[.．][0-9A-Za-z]/.test(after)) return true;
  // "@群史官方\u2005": the picker ends the name it wrote, and it wrote a longer one.
  const end = after.indexOf(PICKER_SPACE);
  return end > 0 && end <= LONGEST_NAME && !/[@＠\n]/.test(after.slice(0, end));
}
