/**
 * What a display name consists of: `沙莎-点融网-支付产品经理-上海` is the person's own name, then company, post, town.
 * Pure string functions; nothing here knows an archive.
 */

/** Names remembered with what they consist of, and characters of the longest: every reload asks for the same thousands again. */
const REMEMBERED = 20_000;
const LONGEST_REMEMBERED = 100;

const SEPARATOR = /[-－—–_|｜/／\\（(【[~～@,，、:：·•]| {1,}/;
// Lost emoji are printed as ? or ??, and belong to no name.
const DECORATION = /(?:[?？�\u200d]|\p{Extended_Pictographic}|\ufe0f)+/gu;

/** The person's own name: what stands before the first separator, without decoration; '' if nothing is left. */
export const ownName = remembering((name) => plainName(name).split(SEPARATOR)[0]?.trim() ?? '');

/** The part after the own name (company, as a rule), or ''. */
export const affiliation = remembering(
  (name) =>
    plainName(name)
      .split(SEPARATOR)
      .slice(1)
      .map((part) => part.trim())
      .find((part) => part !== '') ?? '',
);

/** Without decoration and outer white space: two spellings of one name become equal. */
export const plainName = remembering((name) => name.replace(DECORATION, '').replace(/\s+/g, ' ').trim());

/** Whether two affiliations may be one company: cards shorten it (`微众`, `微众银行`), so two characters or a part are enough. */
export function sameCompany(a: string, b: string): boolean {
  if (a === '' || b === '') return false;
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  return x.slice(0, 2) === y.slice(0, 2) || x.includes(y) || y.includes(x);
}

/** Long enough to tell a person from others: two Chinese characters or four letters. */
export function isTelling(own: string): boolean {
  return /[\u3400-\u9fff]/.test(own) ? [...own].length >= 2 : own.length >= 4;
}

/** Stands where a transcript has no name. */
export const NAMELESS = '■';

/** `我` is whoever exported the day: a name that says nothing outside its own file. */
export const EXPORTER = '我';

function remembering(work: (name: string) => string): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const found = work(name);
    if (name.length > LONGEST_REMEMBERED) return found;
    if (known.size === REMEMBERED) known.clear();
    known.set(name, found);
    return found;
  };
}
