/** What is left of somebody who wants to be forgotten, in whatever is shown: looked for with plain means, not with the program's. */
import type { Answer, Digest, Knowledge, Quote } from '../../../knowledge/index.js';

/** A person by what everybody sees: his names as printed, and the places (`file:line`) where he spoke. */
export interface Person {
  readonly names: readonly string[];
  readonly places: ReadonlySet<string>;
}

/** Every message as its thread shows it. */
export function everyQuote(knowledge: Knowledge): readonly Quote[] {
  const keys = new Set([...knowledge.assignments()].map(({ thread }) => thread));
  return [...keys].flatMap((key) => knowledge.thread(key)?.quotes ?? []);
}

export function personOf(quotes: readonly Quote[], names: readonly string[]): Person {
  return { names, places: new Set(quotes.filter(({ speaker }) => names.includes(speaker)).map(placeOf)) };
}

/** One line for every quote that is his, bears one of his names or says one, and every place of his that is counted. */
export function tracesIn(shown: Shown, { names, places }: Person): readonly string[] {
  const isSaid = (text: string): boolean => names.some((name) => text.toLowerCase().includes(name.toLowerCase()));
  return [
    ...shown.quotes.flatMap((quote) => [
      ...(places.has(placeOf(quote)) ? [`${placeOf(quote)} is his`] : []),
      ...(names.includes(quote.speaker) ? [`${placeOf(quote)} bears his name`] : []),
      ...(isSaid(quote.text) ? [`${placeOf(quote)} names him: ${quote.text}`] : []),
    ]),
    ...shown.texts.filter(isSaid).map((text) => `names him: ${text}`),
    ...shown.addresses.filter((address) => places.has(placeOf(address))).map((address) => `${placeOf(address)} is counted`),
  ];
}

/** What an answer or digest shows to people, whatever its shape. */
export interface Shown {
  readonly quotes: readonly Quote[];
  readonly addresses: readonly { readonly file: string; readonly line: number }[];
  /** Titles and names that are no quotes. */
  readonly texts: readonly string[];
}

export function shownByAnswer({ excerpts }: Answer): Shown {
  return {
    quotes: excerpts.flatMap(({ quotes }) => quotes),
    addresses: excerpts.flatMap(({ addresses }) => addresses),
    texts: [],
  };
}

export function shownByDigest({ topics, unanswered, links, speakers, rising }: Digest): Shown {
  return {
    quotes: [...topics.flatMap(({ quotes }) => quotes), ...unanswered, ...links.map(({ by }) => by)],
    addresses: topics.flatMap(({ addresses }) => addresses),
    texts: [
      ...topics.map(({ title }) => title),
      ...links.map(({ title }) => title),
      ...speakers.map(({ name }) => name),
      ...rising.map(({ word }) => word),
    ],
  };
}

function placeOf({ file, line }: { readonly file: string; readonly line: number }): string {
  return `${file}:${line}`;
}
