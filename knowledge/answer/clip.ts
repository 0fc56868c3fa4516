/**
 * A long text -> the part of it that answers, cut at sentence borders, with an ellipsis where something is left out.
 */

/**
 * Between two sentences: behind the last of the marks that end one. The ASCII marks also stand inside web addresses and code,
 * where they end nothing.
 */
export const SENTENCE_BORDER = /(?<=(?:[。！？；\n]|[!?;](?![\x21-\x7e]))[”」』）]*)(?![。！？；\n!?;”」』）])/;
const CLAUSE_BORDER = /(?<=[，、：\s]|,(?![\x21-\x7e]))(?![，、：\s])/;
const ELLIPSIS = '…';

/**
 * At most `limit` characters (UTF-16 units, the ellipses not counted) of `text`: the run of whole sentences with the greatest
 * worth. `worth` says what a sentence adds (0 or more). Of a longer sentence it is the clauses that count; a single longer
 * clause is cut hard, never inside a character.
 */
export function clip(text: string, limit: number, worth: (sentence: string) => number): string {
  if (text.length <= limit) return text;
  const sentences = text
    .split(SENTENCE_BORDER)
    .flatMap((sentence) => (sentence.length <= limit ? [sentence] : sentence.split(CLAUSE_BORDER)))
    .map((sentence) => ({ sentence, worth: worth(sentence) }));
  let best = { from: 0, to: 1, worth: -1 };
  for (let from = 0; from < sentences.length; from++) {
    let [length, sum] = [0, 0];
    for (let to = from; to < sentences.length; to++) {
      const next = sentences[to];
      if (!next) break;
      length += next.sentence.length;
      if (length > limit && to > from) break;
      sum += next.worth;
      // Equal worth: the earlier and longer run, which keeps more of what was said.
      if (sum > best.worth || (sum === best.worth && from === best.from)) best = { from, to: to + 1, worth: sum };
      if (length > limit) break;
    }
  }
  const run = sentences
    .slice(best.from, best.to)
    .map((one) => one.sentence)
    .join('');
  const kept = run.length <= limit ? run.trim() : wholeCharacters(run, limit);
  const before = best.from > 0 ? ELLIPSIS : '';
  const after = best.to < sentences.length || run.length > limit ? ELLIPSIS : '';
  return before + kept + after;
}

function wholeCharacters(text: string, limit: number): string {
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
}
