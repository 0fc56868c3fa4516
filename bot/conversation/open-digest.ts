/**
 * A digest on the screen -> an open answer, so that the numbers of its topics open threads as those of excerpts do.
 */
import type { Digest, DigestTopic, Excerpt } from '../../knowledge/index.js';
import type { OpenAnswer } from './open-answers.js';

/** @param way whether somebody asked for it, or it was posted for all */
export function openDigest(digest: Digest, way: 'asked' | 'posted'): OpenAnswer {
  const excerpts = digest.topics.map((topic) => excerptOf(topic, digest));
  const answer = { question: '', answered: true, unasked: false, sure: 1, excerpts };
  return { answer, shown: excerpts.length, namesRooms: false, digest: way };
}

function excerptOf({ thread, from, to, people, messages, quotes, addresses }: DigestTopic, { room }: Digest): Excerpt {
  const first = quotes[0];
  return {
    ...{ thread, room, from, to, people, messages, quotes, addresses },
    ...{ score: 1, confidence: 1, alike: 0 },
    date: first?.date ?? '',
    time: first?.time ?? '',
  };
}
