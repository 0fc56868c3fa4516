/**
 * The naive search everything is compared with: MiniSearch with one document a message, cut into words by nodejieba.
 *
 * In: an archive. Out: a search that ranks by any word shared. The only place outside knowledge/ that may import the two
 * packages, as it stands for what one would write without the rest of knowledge/.
 */
import MiniSearch from 'minisearch';
import nodejieba from 'nodejieba';
import type { Engine } from './engine.js';
import { readTexts } from './transcripts.js';

/** Blanks and punctuation are left out, as anybody would: they match everything and cost the baseline half its time. */
const WORD = /[\p{L}\p{N}]/u;

export async function openBaseline(archive: string): Promise<Engine> {
  const index = new MiniSearch<{ readonly id: number; readonly text: string }>({
    fields: ['text'],
    tokenize: (text) => nodejieba.cutForSearch(text.toLowerCase()).filter((word) => WORD.test(word)),
    searchOptions: { combineWith: 'OR' },
  });
  for (const text of readTexts(archive)) index.add({ id: index.documentCount, text });
  return { ask: async (question) => index.search(question).slice(0, 10).length };
}
