/**
 * The words of the house (see DESIGN.md, "The words"), as types. Data only: nothing here computes.
 *
 * Times: `at`, `from` and `to` are UTC instants in milliseconds. `date` (YYYY-MM-DD) and `time` (HH:MM:SS)
 * are wall-clock time in the archive's zone, which is what people read.
 */

/** Where a message stands: the file relative to the archive with `/`, and the 1-based line of its header. */
export interface Address {
  readonly file: string;
  readonly line: number;
}

export type MessageKind =
  | 'text'
  | 'image'
  | 'link'
  | 'emoji'
  | 'file'
  | 'voice'
  | 'video'
  | 'card'
  | 'redpacket'
  | 'system'
  | 'empty'
  /** Said to the bot or by it: kept, but no talk of the group, so nothing is found in it and nobody is shown it. */
  | 'bot';

/** A quotation inside a message (「name：text」): what it says of the message it answers. */
export interface QuotedMessage {
  readonly name: string;
  readonly text: string;
}

/** One message as a transcript format reads it, before people and doubles are known. */
export interface RawMessage {
  /** 1-based line of the header. */
  readonly line: number;
  /** UTC instant, ms. */
  readonly at: number;
  /** Display name as printed in the transcript. */
  readonly name: string;
  /** Other names the transcript itself gives this sender (group card, account name, platform id). */
  readonly alsoKnownAs?: readonly string[];
  /** Platform id of the sender, if the transcript has one: certain identity within a room. */
  readonly sender?: string;
  /** Verbatim body, line breaks kept, outer blank lines removed. */
  readonly body: string;
  readonly kind?: MessageKind;
  /** Stable id given by the platform, if any. */
  readonly id?: string;
  /** `id` of the message this one replies to, if the platform says so. */
  readonly replyTo?: string;
  /** It was taken back: its place is kept, its words are gone. */
  readonly recalled?: true;
}

/** One line somebody said. A message exported twice is one Message with two addresses. */
export interface Message {
  /** Position in the archive's time order; dense from 0. */
  readonly index: number;
  readonly room: string;
  /** First address; `copies` are the addresses of its doubles. */
  readonly file: string;
  readonly line: number;
  readonly copies: readonly Address[];
  readonly at: number;
  /** Number of the Speaker, dense from 0. */
  readonly speaker: number;
  /** Name as printed here. */
  readonly name: string;
  /** Cleaned text without the quoted part: entities decoded, whitespace tidied, otherwise verbatim. */
  readonly text: string;
  readonly kind: MessageKind;
  readonly quoted?: QuotedMessage;
  /** Index of the message this one certainly answers (native quote or reply id), if found. */
  readonly replyTo?: number;
  /** Speakers mentioned with @, by number. */
  readonly mentions: readonly number[];
}

/** A person, however many names he has carried; `names[0]` is the most used. */
export interface Speaker {
  readonly id: number;
  readonly names: readonly string[];
}

/** The messages of one conversation, oldest first (indices into the messages), perhaps interleaved with others. */
export interface Thread {
  readonly id: number;
  readonly room: string;
  readonly messages: readonly number[];
}

/** One archived message as shown: its text is verbatim, shortened only with an ellipsis. */
export interface Quote extends Address {
  readonly at: number;
  readonly date: string;
  readonly time: string;
  readonly speaker: string;
  readonly text: string;
  readonly kind: MessageKind;
  /** Names this message by room, time and text: the same after reloads, restarts and imports from elsewhere. */
  readonly mark: string;
}

/** What is shown of one thread. `quotes` has at most 4 entries, in time order. */
export interface Excerpt {
  /** Key for {@link Knowledge.thread}; names the same thread after reloads and restarts. */
  readonly thread: string;
  readonly room: string;
  /** Ranking score; comparable only within one answer. */
  readonly score: number;
  /** How sure the bot is that this excerpt answers, 0..1. */
  readonly confidence: number;
  readonly from: number;
  readonly to: number;
  /** Wall-clock date and time (YYYY-MM-DD, HH:MM:SS) of the first quote. */
  readonly date: string;
  readonly time: string;
  readonly people: number;
  readonly messages: number;
  /** Further discussions found that say the same: a post repeated, or posted in several rooms. */
  readonly alike: number;
  readonly quotes: readonly Quote[];
  /** Every message of the thread that may be read. */
  readonly addresses: readonly Address[];
}

/** The excerpts for a question, best first (at most 10). They are filled even if `answered` is false: then the bot stays silent. */
export interface Answer {
  /** The question as it was understood: without mention marks and filters; '' if there was nothing else. */
  readonly question: string;
  readonly answered: boolean;
  /** Whether the first excerpt is so likely right that it may be said to people who did not ask the bot. */
  readonly unasked: boolean;
  /** How sure it is that the archive answers the question at all, 0..1. */
  readonly sure: number;
  readonly excerpts: readonly Excerpt[];
}

/** Which thread one message header fell into. `thread` is a key for {@link Knowledge.thread}. */
export interface ThreadAssignment extends Address {
  readonly thread: string;
}

/** A whole thread, to be shown in pages. */
export interface ThreadView {
  readonly room: string;
  readonly people: number;
  readonly quotes: readonly Quote[];
}

/** A fault in the archive that did not stop the load: what, where, what was done. */
export interface Warning {
  readonly file: string;
  /** 1-based; 0 if the fault concerns the whole file. */
  readonly line: number;
  readonly what: string;
}

/** What a load found. `doubles` are the extra copies that were folded into another message; `skipped` are files left out. */
export interface LoadSummary {
  readonly files: number;
  readonly messages: number;
  readonly doubles: number;
  readonly threads: number;
  readonly speakers: number;
  readonly skipped: number;
  readonly seconds: number;
  /** Rooms of the archive, sorted by name. */
  readonly rooms: readonly string[];
  /** First and last day, YYYY-MM-DD; absent in an empty archive. */
  readonly firstDate?: string;
  readonly lastDate?: string;
  readonly warnings: readonly Warning[];
  /** Files that were not there at the load before, that are other ones now, and that are gone. At the first load all are added. */
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

/** What may be seen of some rooms: what people asked to be kept from others, and what was said to the bot, is not counted. */
export interface Figures {
  readonly messages: number;
  readonly threads: number;
  readonly speakers: number;
  /** First and last day, YYYY-MM-DD; absent if there is no message. */
  readonly firstDate?: string;
  readonly lastDate?: string;
}

/** Somebody who is in the chat now, as far as the archive knows him. */
export interface KnownPerson {
  /** Names under which he spoke in the rooms asked about, the most used first. */
  readonly names: readonly string[];
  /** What he said there, without what he said to the bot. */
  readonly messages: number;
  /** In this login somebody else, who may have left since, was heard there under one of his names: these say nothing then. */
  readonly isShared?: true;
}

/** Who asks whom of the archive he means: his names and ids, and the chat's ids that mean somebody in the same login. */
export interface LivePerson extends Forgotten {
  readonly rooms: readonly string[];
  readonly present?: readonly string[];
}

/** What became of a line that an admin adds to the archive's `aliases.txt` or `words.txt`. */
export type Addition =
  | { readonly outcome: 'added'; readonly summary: LoadSummary }
  /** It stands there already. */
  | { readonly outcome: 'known' }
  | { readonly outcome: 'refused'; readonly because: AdditionFault };

/**
 * `number sign`: it begins with #, which begins a comment. `same`: a name for itself. `sample`: the archive is the sample that comes
 * with the program, as whoever opened it may say.
 */
export type AdditionFault = 'empty' | 'too long' | 'line break' | 'equals sign' | 'number sign' | 'same' | 'sample';

export interface LoadProgress {
  readonly stage: 'read' | 'people' | 'threads' | 'index';
  readonly done: number;
  readonly total: number;
}

/**
 * Where the optional meaning model is: a folder that `npm run model` fills, or an OpenAI-compatible endpoint. Vectors are
 * kept in the folder `cache`.
 */
export type MeaningChoice =
  | {
      readonly folder: string;
      readonly cache: string;
      /** Fetch the model first, if the folder does not hold it. */
      readonly fetchMissing: boolean;
    }
  | { readonly url: string; readonly model: string; readonly key?: string; readonly cache: string };

/** How far the meaning model is. Until nearly all vectors are ready, questions are answered by words alone. */
export interface MeaningState {
  /** Absent until it is open. */
  readonly model?: string;
  /** Texts that have their vector, and that can have one. */
  readonly ready: number;
  readonly total: number;
  /** Bytes, while the model is being fetched. */
  readonly fetching?: { readonly done: number; readonly total: number };
  /** Why it does not work, in one sentence. */
  readonly fault?: string;
}

/** What a chat hands over to be kept. */
export interface LiveMessage {
  /** Room of the archive. */
  readonly room: string;
  /** The chat's own id of the message; the same for the same message, also when it is delivered again. */
  readonly id: string;
  /** UTC ms; kept by the second, as transcripts have it. */
  readonly at: number;
  /** The chat's id of the sender, which need not mean anything after the next login. */
  readonly sender: string;
  readonly name: string;
  readonly groupNickname?: string;
  readonly kind: MessageKind;
  /** Without the quoted part. */
  readonly text: string;
  readonly quoted?: QuotedMessage;
}

/** A time in which nothing was heard, UTC ms. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** What people have asked to be kept from others, and what they thought of answers. Data of the bot, heeded by every answer. */
export interface Guidance {
  /** People none of whose words are quoted, counted or named. */
  readonly forgotten: readonly Forgotten[];
  /** Marks of messages that are never shown again. */
  readonly hidden: readonly string[];
  readonly judgements: readonly Judgement[];
}

/** Every speaker of these rooms (absent: of any) who carries one of the names or was recorded under one of the chat's ids. */
export interface Forgotten {
  readonly rooms?: readonly string[];
  readonly names: readonly string[];
  readonly senders?: readonly string[];
}

/** What somebody thought of an excerpt that was shown for a question. */
export interface Judgement {
  readonly question: string;
  /** Marks of the messages quoted. */
  readonly marks: readonly string[];
  readonly useful: boolean;
}

/** What a window of time held, for one room. Everything in it is counted or quoted. */
export interface Digest {
  readonly room: string;
  /** UTC ms; `to` is the first instant after the window. */
  readonly from: number;
  readonly to: number;
  /** The day on which the window begins, YYYY-MM-DD, and how many days it holds: 1 or 7. */
  readonly date: string;
  readonly days: number;
  readonly messages: number;
  readonly people: number;
  /** Messages by local hour of the day, 24 numbers, 0 first. */
  readonly hours: readonly number[];
  /** Messages by day of the window, the first day first; a day begins at the time at which the window does. */
  readonly byDay: readonly number[];
  /** What a window of this length held on average in the seven windows before; absent if the archive has none of them. */
  readonly usual?: { readonly messages: number; readonly people: number };
  /** At most 5, the weightiest first. */
  readonly topics: readonly DigestTopic[];
  /** At most 5: questions nobody answered, latest last. */
  readonly unanswered: readonly Quote[];
  readonly links: readonly SharedItem[];
  /** At most 5, the most active first. */
  readonly speakers: readonly { readonly name: string; readonly messages: number }[];
  /** Words said far more often than before, for a window of a week; else empty. */
  readonly rising: readonly { readonly word: string; readonly times: number; readonly before: number }[];
}

export interface DigestTopic {
  /** Key for {@link Knowledge.thread}. */
  readonly thread: string;
  /** Quoted or extracted from the thread: its question, or its most characteristic message. */
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly people: number;
  readonly messages: number;
  /** One or two; of an answered question the second is its answer. */
  readonly quotes: readonly Quote[];
  readonly isQuestion: boolean;
  /** Every message of the thread in the window. */
  readonly addresses: readonly Address[];
}

/** A link or file that somebody shared. */
export interface SharedItem {
  readonly kind: 'link' | 'file';
  readonly title: string;
  readonly url?: string;
  /** Who shared it first, and when. */
  readonly by: Quote;
}
