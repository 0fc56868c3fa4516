/**
 * A question and what was said after it in its thread -> the message that answers it.
 *
 * The likeliest by a conditional logit over what others said next. Its weights were learned from 201 questions whose answers are
 * known, and rounded; of 103 others it picks an answer for 0.71, and learned from those, for 0.75 of the 201 (measured 2026-11).
 * The likeliest may still be none: a remark, an article on something else, or one of many that are as likely.
 */
import { asks, isPhatic } from '../text/speech.js';
import type { Lore } from '../threads/lore.js';
import { signsOf } from '../threads/signs.js';
import type { Message } from '../types.js';
import { sharedRarity } from './characteristic.js';

/** Messages of the thread, behind the question, among which its answer is looked for. */
const REACH = 20;
const MINUTE = 60_000;
/** Characters from which on a message is rather a post than an answer. */
const POST = 120;
/** Share of what is rare in the question that a post has too if it is about the same: a long one has a little by chance. */
const SHARED_BY_POST = 0.03;
/** Probability from which on the likeliest is shown whatever it says, and from which on if it is long enough. */
const CLEAR = 0.5;
const LIKELY = 0.25;
/** A face made of marks has none. */
const WORDS = /\p{Script=Han}|[\p{L}\p{N}]{2}/u;
/** Characters from which on a message may answer by itself, and up to which a remark is nothing else. */
const SUBSTANTIAL = 10;
const REMARK_LENGTH = 24;
/** A number, not that of an item in a list. */
const NUMBER = /\d(?![、．.)）]\D)/;
const ASKS_NUMBER = /多少|几(?!乎)|多[大久长高重快厚宽深]/;
/** Characters from which on nobody repeats a question to answer it. */
const STORY = 40;
/** What is said about a question instead of an answer to it. */
const REMARK =
  /板凳|围观|同问|同求|同样的(?:问题|疑问)|[这个好]问题|问得好|讨论过|(?:大家|我们?)(?:都|也)(?:在|想|很)|担心|期待|学习|等(?:大[神佬]|高手)|帮顶|私聊|加我|来看看|什么(?:意思|情况)/;

/** The likeliest answer; undefined if nobody else said anything that a reader would take for one. */
export function answerTo(question: Message, thread: readonly Message[], lore: Lore): Message | undefined {
  const candidates: { readonly message: Message; readonly score: number }[] = [];
  const asked = thread.indexOf(question);
  thread.slice(asked + 1, asked + 1 + REACH).forEach((message, after) => {
    const { speaker, kind, text } = message;
    if (speaker === question.speaker || kind !== 'text' || isPhatic(text) || !WORDS.test(text)) return;
    if (repeats(text, question.text)) return;
    candidates.push({ message, score: likelihood(message, question, after, lore) });
  });
  const [best] = [...candidates].sort((a, b) => b.score - a.score || a.message.index - b.message.index);
  if (best === undefined) return undefined;
  const probability = 1 / candidates.reduce((sum, { score }) => sum + Math.exp(score - best.score), 0);
  return isConvincing(best.message, question, probability, lore) ? best.message : undefined;
}

/** A question that somebody passes on is not answered by that; behind a short one its answer may stand, behind a story a joke. */
function repeats(text: string, question: string): boolean {
  const asked = question.trim();
  return text.includes(asked) && (asked.length >= STORY || text.trimEnd().endsWith(asked));
}

/**
 * Whether a reader would take it for the answer: it is no mere remark about the question and no article on something else; and it
 * is either far likelier than all the rest, or long enough and about the same.
 */
function isConvincing(answer: Message, question: Message, probability: number, lore: Lore): boolean {
  const { text } = answer;
  const shared = answer.replyTo === question.index ? 1 : sharedRarity(question.text, text, lore);
  if ((text.length < REMARK_LENGTH && REMARK.test(text)) || (text.length > POST && shared < SHARED_BY_POST)) return false;
  return probability >= CLEAR || (text.length >= SUBSTANTIAL && (shared > 0 || probability >= LIKELY));
}

/** Logit of being the answer; `after` counts the messages of the thread between the two. */
function likelihood(message: Message, question: Message, after: number, lore: Lore): number {
  const { text, mentions } = message;
  const isReply = message.replyTo === question.index || mentions.includes(question.speaker);
  return (
    1.5 * Math.log1p(Math.min(text.length, 200)) -
    (text.length > POST ? 2 : 0) -
    (asks(text) ? 1.5 : 0) -
    (signsOf(message).reaction === 1 ? 2 : 0) +
    (isReply ? 0.5 : mentions.length > 0 ? -3.5 : 0) +
    14 * sharedRarity(question.text, text, lore) +
    // Not learned: too few of the questions ask for a number.
    (ASKS_NUMBER.test(question.text) && NUMBER.test(text) ? 1 : 0) -
    0.7 * Math.log1p(after) -
    0.6 * Math.log1p((message.at - question.at) / MINUTE)
  );
}
