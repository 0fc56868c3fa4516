/**
 * How the words of commands are read: half or full width, with blanks, signs at the end and capitals as people type them.
 *
 * In: what somebody said. Out: what a command names, if the whole of it is that command.
 */

/** What was said, made ready to be compared. */
export interface Said {
  /** As typed, but for blanks. What a command names is taken from here. */
  readonly text: string;
  /** In half width and small letters, without signs at the end. */
  readonly words: string;
  /** The same without quotation marks: 「更多」 is copied from the bot's own sentence. */
  readonly unquoted: string;
}

/** Reads a command; undefined if this is not it. */
export type Reader = (said: Said) => string | undefined;

/** Longer texts are no commands. */
const LONGEST_COMMAND = 200;

/** Signs that nobody sees, and of which keyboards and clients leave some behind. */
const UNSEEN = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** Undefined for what is too long to be a command, or empty. */
export function saidOf(message: string): Said | undefined {
  if (message.length > LONGEST_COMMAND) return undefined;
  const text = tidy(message);
  const words = text
    .normalize('NFKC')
    .replace(/[。.!~]+$/, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
  if (words === '') return undefined;
  return { text, words, unquoted: words.replace(/[「」“”"'。.]/g, '').trim() };
}

function tidy(text: string): string {
  return text.replace(UNSEEN, '').replace(/\s+/g, ' ').trim();
}

/** One of some words, alone. */
export function word(...words: readonly string[]): Reader {
  return (said) => (words.includes(said.words) ? '' : undefined);
}

const CHINESE_NUMBERS = '一二三四五六七八九十';
const NUMBER = /^第?([1-9]\d?|[一二三四五六七八九十])[段条个]?$/;

/** The number in a text such as `3`, `第3段` or `三`, as digits. */
function numberIn(text: string): string | undefined {
  const found = NUMBER.exec(text)?.[1];
  if (found === undefined) return undefined;
  const chinese = CHINESE_NUMBERS.indexOf(found);
  return chinese < 0 ? found : String(chinese + 1);
}

/** A number and nothing else. "3个", "第2条" and "一" alone are talk between people. */
export const bareNumber: Reader = ({ unquoted }) => (/^[1-9]\d?$/.test(unquoted) ? unquoted : undefined);

/** A word and a number: `展开 2`, `展开第2段`. */
export function numbered(word: string): Reader {
  return ({ unquoted }) => (unquoted.startsWith(word) ? numberIn(unquoted.slice(word.length).trim()) : undefined);
}

/** A word, with a number or without. */
export function perhapsNumbered(name: string): Reader {
  const [alone, withNumber] = [word(name), numbered(name)];
  return (said) => alone(said) ?? withNumber(said);
}

/** A word and what it is about, parted by a blank, a colon or the sign of a mention: `词 丝杆`, `恢复@老许`. */
export function about(word: string): Reader {
  return ({ text }) => {
    if (!text.startsWith(word)) return undefined;
    return /^(?:[ :：] ?|(?=[@＠]))(.+)$/.exec(text.slice(word.length))?.[1]?.trim();
  };
}
