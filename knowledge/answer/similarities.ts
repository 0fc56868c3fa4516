/**
 * What the meaning model is asked to compare with a question: every message that says something, and every passage, since
 * many answers mean nothing without their neighbours.
 */
import type { Library } from '../library.js';
import { passageRange } from '../search/candidates.js';
import type { Meaning } from '../semantic/meaning.js';
import type { Message } from '../types.js';

/** Cosines with a question, by message index and by passage; NaN for messages without a vector. */
export interface Similarities {
  readonly messages: Float32Array;
  readonly passages: Float32Array;
}

/** Letters, digits and characters a message must have: shorter ones mean something only in their passage. */
const LEAST = 8;
/** Characters read of one message of a passage, and of a passage: the model takes time by the square of the length. */
const MESSAGE_LENGTH = 120;
const PASSAGE_LENGTH = 320;
/** Share of vectors that must be there before meaning is used; with fewer, what has none would seem to mean nothing. */
const READY = 0.97;

/** A library and its {@link meaningTexts}. */
export interface ReadTexts {
  readonly library: Library;
  readonly texts: readonly string[];
}

/** One text a message, then one a passage; '' where none is wanted. Where the same is said at the same place as before, it is taken over. */
export function meaningTexts(library: Library, before?: ReadTexts): readonly string[] {
  const { messages } = library.archive;
  const known = before?.library.archive.messages ?? [];
  const ofMessages = messages.map((message, i) =>
    before && isSame(message, known[i]) ? (before.texts[i] as string) : textOfMessage(message),
  );
  const ofPassages = Array.from(library.index.sittingOfPassage, (_, passage) => {
    const [from, to] = passageRange(library.index, passage);
    return before && isSamePassage(library, before.library, passage)
      ? (before.texts[known.length + passage] as string)
      : textOfPassage(library, from, to);
  });
  return [...ofMessages, ...ofPassages];
}

function isSame(message: Message, other: Message | undefined): boolean {
  return message === other || (message.text === other?.text && message.kind === other.kind);
}

function isSamePassage(library: Library, before: Library, passage: number): boolean {
  if (passage >= before.index.sittingOfPassage.length) return false;
  const [from, to] = passageRange(library.index, passage);
  const [begin, end] = passageRange(before.index, passage);
  if (to - from !== end - begin) return false;
  for (let k = 0; k < to - from; k++) {
    const message = library.archive.messages[library.index.messageAt[from + k] as number] as Message;
    if (!isSame(message, before.archive.messages[before.index.messageAt[begin + k] as number])) return false;
  }
  return true;
}

function textOfMessage({ text, kind }: Message): string {
  if (kind !== 'text' && kind !== 'link') return '';
  return text.replace(/\[[^[\]\n]{1,8}\]|[^\p{L}\p{N}]/gu, '').length >= LEAST ? text : '';
}

function textOfPassage({ archive, index }: Library, from: number, to: number): string {
  const lines: string[] = [];
  for (let position = from; position < to; position++) {
    lines.push((archive.messages[index.messageAt[position] as number]?.text ?? '').slice(0, MESSAGE_LENGTH));
  }
  return lines.join('\n').slice(0, PASSAGE_LENGTH);
}

/** Undefined while the vectors are being made and when the model fails: then words alone must do. */
export async function similaritiesOf(
  question: string,
  meaning: Meaning,
  { archive, index }: Library,
): Promise<Similarities | undefined> {
  const { ready, total } = meaning.status();
  if (total === 0 || ready < READY * total) return undefined;
  const all = await meaning.similarities(question);
  const messages = archive.messages.length;
  // An update may have come in between; what belongs to another library is of no use.
  if (all?.length !== messages + index.sittingOfPassage.length) return undefined;
  const passages = all.subarray(messages).map((cosine) => (Number.isNaN(cosine) ? 0 : cosine));
  return { messages: all.subarray(0, messages), passages };
}
