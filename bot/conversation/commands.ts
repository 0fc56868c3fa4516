/**
 * The few words that are orders to the bot.
 *
 * In: what somebody wrote. Out: the command it is, if the whole of it is one; half or full width and blanks do not matter.
 */

export type Command =
  /** Show the whole thread of excerpt `number` (1-based). `bare` if nothing but the number was written. */
  | { readonly kind: 'open'; readonly number: number; readonly bare: boolean }
  /** Go on: the next pages of the thread that is open, else the next excerpts. */
  | { readonly kind: 'more' }
  | { readonly kind: 'next-pages' }
  | { readonly kind: 'previous-pages' }
  | { readonly kind: 'help' }
  /** What the bot knows and how it is. */
  | { readonly kind: 'status' }
  /** Switch speaking unasked; without `on`, tell whether it does. */
  | { readonly kind: 'unasked'; readonly on?: boolean }
  /** No more unasked answers. */
  | { readonly kind: 'stop' };

const WORDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['更多', { kind: 'more' }],
  ['下文', { kind: 'next-pages' }],
  ['上文', { kind: 'previous-pages' }],
  ['帮助', { kind: 'help' }],
  ['help', { kind: 'help' }],
  ['状态', { kind: 'status' }],
  ['自动', { kind: 'unasked' }],
  ['自动 开', { kind: 'unasked', on: true }],
  ['自动开', { kind: 'unasked', on: true }],
  ['自动 关', { kind: 'unasked', on: false }],
  ['自动关', { kind: 'unasked', on: false }],
  ['停', { kind: 'stop' }],
]);

const CHINESE_NUMBERS = '一二三四五六七八九十';

/** @example parseCommand('展开　２') // { kind: 'open', number: 2, bare: false } */
export function parseCommand(text: string): Command | undefined {
  const plain = text
    .normalize('NFKC')
    .replace(/[「」“”"'。.!~]/g, '')
    .trim()
    .replace(/\s+/g, ' ')
    .toLowerCase();
  const word = WORDS.get(plain);
  if (word !== undefined) return word;

  const open = /^(展开)?\s*(?:第?([1-9]\d?)[段条个]?|第?([一二三四五六七八九十])[段条个]?)$/.exec(plain);
  if (open === null) return undefined;
  const [, verb, digits, chinese] = open;
  const bare = verb === undefined;
  if (chinese !== undefined) return bare ? undefined : { kind: 'open', number: CHINESE_NUMBERS.indexOf(chinese) + 1, bare };
  // "3个" or "第2条" alone is talk between people, "3" may be an order to the bot.
  if (bare && plain !== digits) return undefined;
  return { kind: 'open', number: Number(digits), bare };
}
