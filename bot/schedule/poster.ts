/**
 * Posts what is due in a room, each window once.
 *
 * In: the room, what is due, the marks. Out: the digest in the room, and a mark for every window of it.
 *
 * The order that makes it once, whatever happens in between: the mark `sending` is on disk in the moment before the text leaves,
 * and nothing that bears it is ever sent again. Whoever dies before it sends after his restart; whoever dies after it has sent,
 * or died while the server was being spoken to, of which the operator is told.
 */
import type { Logger } from 'pino';
import type { Digest } from '../../knowledge/index.js';
import type { Raise } from '../alerts.js';
import type { Content, Room } from '../chat/chat.js';
import type { Outbox, Outcome } from '../chat/outbox.js';
import type { DigestMark, DigestMarks, DigestStep } from '../state/state.js';
import type { MadeDigest, RoomDigests } from './room-digests.js';
import { type Due, isLastTry, type Posting, type Window, windowName } from './windows.js';

export interface PosterOptions {
  readonly marks: DigestMarks;
  readonly post: Outbox['post'];
  readonly make: RoomDigests['make'];
  /** It arrived: its numbers can be opened. */
  readonly onPosted: (room: Room, digest: Digest) => void;
  /** UTC instant, ms. */
  readonly clock: () => number;
  readonly alert: Raise;
  readonly log: Logger;
}

export interface Poster {
  /** Marks what an earlier process left half done. Call it before anything is due. */
  settle(room: Room): Promise<void>;
  /** What nothing was done about yet is not posted any more. */
  passOver(topic: string, postings: readonly Posting[]): void;
  post(room: Room, due: Due): Promise<void>;
}

const STEP_AFTER: Readonly<Record<Outcome, DigestStep>> = { sent: 'sent', unsure: 'unsure', unsent: 'failed' };

export function createPoster({ marks, post, make, onPosted, clock, alert, log }: PosterOptions): Poster {
  const markOf = (room: Room, posting: Posting) => marks.get(room.topic, windowName(posting));
  /** False if another mark stands there than the one it was to replace. */
  const move = (
    room: Room,
    posting: Posting,
    before: DigestMark | undefined,
    step: DigestStep,
    tries = before?.tries ?? 0,
    at = clock(),
  ) => marks.replace(before, { room: room.topic, window: windowName(posting), step, at, tries });
  const passOver = (topic: string, postings: readonly Posting[]) => {
    for (const posting of postings) {
      const window = windowName(posting);
      if (marks.get(topic, window) === undefined)
        marks.replace(undefined, { room: topic, window, step: 'skipped', at: clock(), tries: 0 });
    }
  };
  const close = (room: Room, postings: readonly Posting[], step: DigestStep) => {
    for (const posting of postings) move(room, posting, markOf(room, posting), step);
  };

  const send = async (
    room: Room,
    postings: readonly Posting[],
    made: MadeDigest,
    content: Content,
  ): Promise<Outcome | undefined> => {
    const before = postings.map((posting) => markOf(room, posting));
    let isOurs = true;
    const outcome = await post({ room: room.id }, [content], () => {
      isOurs = postings.every((posting, i) => move(room, posting, before[i], 'sending', (before[i]?.tries ?? 0) + 1));
      const threads = made.digest.topics.map(({ thread }) => thread);
      if (isOurs) for (const posting of postings) marks.keepTopics(room.topic, windowName(posting), threads);
      return isOurs;
    });
    if (!isOurs) return undefined;
    // In one moment: by that it is known later what was told together.
    const at = clock();
    for (const [i, posting] of postings.entries()) {
      const tries = (before[i]?.tries ?? 0) + 1;
      const step = STEP_AFTER[outcome];
      move(room, posting, markOf(room, posting), step === 'failed' && isLastTry(tries) ? 'dropped' : step, tries, at);
    }
    return outcome;
  };

  const tell = async (room: Room, postings: readonly Posting[], outcome: Outcome): Promise<void> => {
    const what = `the digest of ${JSON.stringify(room.topic)} for ${postings.map(({ date }) => date).join(', ')}`;
    const howTo = 'whoever misses it says 日报 and its date in the room';
    if (outcome === 'unsure') await alert('digest unsure', `${what} may not have arrived; ${howTo}`);
    const isGivenUp = postings.some((posting) => markOf(room, posting)?.step === 'dropped');
    if (isGivenUp) await alert('digest not sent', `${what} could not be sent for three hours and was given up; ${howTo}`);
  };

  return {
    passOver,
    async settle(room) {
      const left = marks.of(room.topic).filter(({ step }) => step === 'sending');
      for (const mark of left) marks.replace(mark, { ...mark, step: 'unsure', at: clock() });
      if (left.length === 0) return;
      const windows = left.map(({ window }) => window).join(', ');
      const text = `the bot was stopped while it sent the digest ${windows} of ${JSON.stringify(room.topic)}; it may not have arrived`;
      await alert('digest unsure', text);
    },

    async post(room, due) {
      if (due.kind === 'begin') return passOver(room.topic, due.postings);
      for (const { date } of due.dropped)
        log.warn({ room: room.topic, date }, 'a digest is too old to be posted and was dropped');
      close(room, due.dropped, 'dropped');
      const { postings } = due;
      const joined = join(postings);
      if (joined === undefined) return;
      const made = await make(room, joined);
      const [first, ...rest] = made?.contents ?? [];
      if (made === undefined || first === undefined) {
        log.info({ room: room.topic, date: joined.date }, 'a quiet day, no digest');
        return close(room, postings, 'skipped');
      }
      const outcome = await send(room, postings, made, first);
      if (outcome === undefined) return;
      log.info({ room: room.topic, date: joined.date, days: joined.days, outcome }, 'digest');
      await tell(room, postings, outcome);
      if (outcome !== 'sent') return;
      onPosted(room, made.digest);
      await post({ room: room.id }, rest);
    },
  };
}

/** Windows that were missed one after the other are told as one. */
function join(postings: readonly Posting[]): Window | undefined {
  const [first, last] = [postings[0], postings.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  return { date: first.date, days: postings.reduce((sum, { days }) => sum + days, 0), from: first.from, to: last.to };
}
