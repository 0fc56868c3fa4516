/**
 * Conversations -> the few that a digest tells of, in the order in which it tells of them.
 *
 * Chosen by how many people said something in them; among alike ones by what they hold: much that was said, a question with its
 * answer, something that was shared. Told in the order of how many said whole sentences: remarks and jokes make many people heard,
 * and would stand in front. On 15 days of an archive, six of the first two topics were small talk without that, and two are with it;
 * to choose by sentences too would pass over large conversations (25 of 35 told on the days divided by hand, not 28; 2026-11).
 */
import type { Library } from '../library.js';
import { answerTo } from './answers.js';
import { type Conversation, isOneTalk } from './conversations.js';
import { sharedIn } from './links.js';
import { type QuestionReader, standsAlone } from './questions.js';

/** Messages that say something, with which a conversation begins. */
const OPENING = 4;
/** What an answered question adds to what was said, and what something shared does, as parts of it. */
const ANSWERED = 0.25;
const SHARED = 0.25;

export interface RankingSetting {
  readonly library: Pick<Library, 'learned'>;
  readonly read: QuestionReader;
}

interface Weighed {
  readonly conversation: Conversation;
  readonly worth: number;
}

/** At most so many, and of one talk that was divided only one part. */
export function chosenOf(conversations: readonly Conversation[], most: number, setting: RankingSetting): readonly Conversation[] {
  const weighed = conversations.map((conversation) => ({ conversation, worth: worthOf(conversation, setting) }));
  const chosen: Weighed[] = [];
  for (const one of weighed.sort(by(({ voices }) => voices))) {
    if (chosen.length === most) break;
    if (!chosen.some((other) => isOneTalk(other.conversation, one.conversation))) chosen.push(one);
  }
  return chosen.sort(by(({ contributors }) => contributors)).map(({ conversation }) => conversation);
}

/** Those with more people first, then those worth more, then the earlier. */
function by(people: (conversation: Conversation) => number): (a: Weighed, b: Weighed) => number {
  return (a, b) =>
    people(b.conversation) - people(a.conversation) || b.worth - a.worth || a.conversation.thread.id - b.conversation.thread.id;
}

function worthOf(conversation: Conversation, setting: RankingSetting): number {
  const { messages, substance } = conversation;
  const shares = sharedIn(messages).length > 0;
  return substance * (1 + (beginsAnswered(conversation, setting) ? ANSWERED : 0) + (shares ? SHARED : 0));
}

/** Whether it began with a question that can be understood alone, and somebody answered it. */
function beginsAnswered({ telling, messages }: Conversation, { library, read }: RankingSetting): boolean {
  return telling.slice(0, OPENING).some((message) => {
    const question = read(message);
    return (
      question !== undefined && standsAlone(message, question) && answerTo(message, messages, library.learned.lore) !== undefined
    );
  });
}
