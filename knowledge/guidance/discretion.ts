/**
 * What people asked to be kept from others -> what of a library may be shown, said and counted.
 *
 * Every way out of the library asks here. In: a library and the guidance. Out: for each message whether it may be shown, texts
 * without the names of those who want to be forgotten, and the people who may be asked about.
 */
import type { Library } from '../library.js';
import { type People, peopleOf } from '../people/people.js';
import { messagesOfMark } from '../thread-keys.js';
import type { Guidance, KnownPerson, LivePerson, Message, MessageKind } from '../types.js';
import { type Opinions, opinionsOf } from './opinions.js';
import { knownPerson, type Roll, rollOf, speakersMeant } from './roll.js';
import { type Veil, veilFor } from './veil.js';

export interface Discretion {
  readonly library: Library;
  readonly guidance: Guidance;
  /** Not what was said to the bot, nor what its author or an admin wants to be shown no more. The message is the library's. */
  readonly mayShow: (message: Message) => boolean;
  /** Whether its author wants to be forgotten. */
  readonly isForgotten: (message: Message) => boolean;
  /** A text of a message of this kind, with an ellipsis in the place of names that may not be said. */
  readonly veil: (text: string, kind: MessageKind) => string;
  /** As the archive's, but nobody finds a person who wants to be forgotten. */
  readonly people: Pick<People, 'speakers' | 'find'>;
  /** What was thought of excerpts shown for questions like one. */
  readonly opinions: Opinions;
  /** Who somebody in the chat is, whatever he asked for; undefined if he said nothing in these rooms. */
  readonly whoIs: (person: LivePerson) => KnownPerson | undefined;
}

export function discretionOf(library: Library, guidance: Guidance): Discretion {
  const { archive } = library;
  const { people, messages } = archive;
  let known: Roll | undefined;
  const roll = (): Roll => {
    known ??= rollOf(archive);
    return known;
  };
  const forgotten = new Set(guidance.forgotten.flatMap((who) => [...speakersMeant(roll(), who)]));
  const shown = new Uint8Array(messages.length);
  for (const { index, kind, speaker } of messages) if (kind !== 'bot' && !forgotten.has(speaker)) shown[index] = 1;
  for (const mark of guidance.hidden) for (const { index } of messagesOfMark(library, mark)) shown[index] = 0;
  const veil: Veil = veilFor(guidance.forgotten, forgotten, library);
  return {
    library,
    guidance,
    mayShow: ({ index }) => shown[index] === 1,
    isForgotten: ({ speaker }) => forgotten.has(speaker),
    veil,
    people: forgotten.size === 0 ? people : withoutPeople(people, forgotten),
    opinions: opinionsOf(guidance.judgements, library.index),
    whoIs: (person) => knownPerson(roll(), person),
  };
}

/** As if these had never been there; the others keep their numbers. */
function withoutPeople({ speakers }: People, forgotten: ReadonlySet<number>): Discretion['people'] {
  return peopleOf(
    speakers.map((speaker) => (forgotten.has(speaker.id) ? { ...speaker, names: [] } : speaker)),
    new Map(),
  );
}

/** The discretion of whatever library is asked about, under the guidance heeded last; made once for both. */
export function discretionKeeper(first: Guidance): {
  readonly heed: (guidance: Guidance) => void;
  readonly discretion: (library: Library) => Discretion;
} {
  let guidance = first;
  let latest: Discretion | undefined;
  return {
    heed(next) {
      guidance = next;
    },
    discretion(library) {
      if (latest?.library !== library || latest.guidance !== guidance) latest = discretionOf(library, guidance);
      return latest;
    },
  };
}
