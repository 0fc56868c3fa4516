/**
 * A Question's filters -> which messages and threads they let through.
 *
 * Who said it, when, where, and the words are judged on the message that is quoted as evidence; its neighbours may be shown
 * with it whoever said them. An image or a link is judged on the thread: the picture of a thing and the talk about it are
 * different messages.
 */
import type { Message } from '../types.js';
import type { Question } from './question.js';

/**
 * True for messages that may be quoted as evidence. `spelling` is the folding that texts are matched by; it is applied to
 * phrases and to messages that passed everything else.
 */
export function messageFilter(question: Question, spelling: (text: string) => string): (message: Message) => boolean {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY } = question;
  const speakers = question.speakers && new Set(question.speakers);
  const rooms = question.rooms && new Set(question.rooms);
  const phrases = question.phrases.map((words) => occurrence(words, spelling));
  const without = question.without.map((words) => occurrence(words, spelling));
  return (message) => {
    if (message.at < from || message.at >= to) return false;
    if (speakers && !speakers.has(message.speaker)) return false;
    if (rooms && !rooms.has(message.room)) return false;
    if (phrases.length === 0 && without.length === 0) return true;
    const text = spaced(spelling(message.text));
    return phrases.every((stands) => stands(text, message)) && !without.some((stands) => stands(text, message));
  };
}

/** True for threads (their messages) that hold the image or link asked for. */
export function threadFilter(question: Question): (thread: Iterable<Message>) => boolean {
  if (!question.withImage && !question.withLink) return () => true;
  return (thread) => {
    let [image, link] = [!question.withImage, !question.withLink];
    for (const message of thread) {
      if (message.kind === 'bot') continue;
      image ||= holdsImage(message);
      link ||= holdsLink(message);
      if (image && link) return true;
    }
    return false;
  };
}

function holdsImage({ kind, text }: Message): boolean {
  return kind === 'image' || /!\[[^\]]{0,200}\]\([^)\s]{1,2000}\)/.test(text);
}

/** An address, or a shared article; the address of a picture is none. */
export function holdsLink({ kind, text }: Message): boolean {
  return kind === 'link' || /(?<!!\[[^\]\n]{0,80}\]\()https?:\/\//i.test(text);
}

/** Tests whether words stand in a text: Chinese anywhere, Latin words and numbers whole (`ai` is not in `email`). */
function occurrence(words: string, spelling: (text: string) => string): (text: string, message: Message) => boolean {
  const wanted = spaced(spelling(words)).trim();
  if (wanted === '') {
    // Folding drops what only machines read, such as an address; whoever quotes that wants it literally.
    const literal = words.toLowerCase();
    return (_, message) => message.text.toLowerCase().includes(literal);
  }
  return (text) => {
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
      const end = at + wanted.length;
      if (!goesOn(text[at - 1], text[at]) && !goesOn(text[end - 1], text[end])) return true;
    }
    return false;
  };
}

function goesOn(character: string | undefined, next: string | undefined): boolean {
  return character !== undefined && next !== undefined && IN_WORD.test(character) && IN_WORD.test(next);
}

const IN_WORD = /[a-z0-9\u00c0-\u024f]/;

function spaced(text: string): string {
  return text.replace(/\s+/g, ' ');
}
