/**
 * Guest talks: somebody announces a guest, the group listens to him and asks him.
 *
 * In: how likely each candidate is for a message. Out: the same, except that a message of a talk goes there for certain. A talk
 * is a rule and not a matter of learning: few days hold one, but where there is one it is the longest thread of the day.
 */
import type { Weigh } from './divide.js';
import type { OpenThread } from './room.js';
import type { Said } from './said.js';

/** A guest who has been silent for so long (ms) has finished: conversations may begin again. */
const TALKING = 20 * 60_000;

export function hearingTalks(weigh: Weigh): Weigh {
  return (rows, said, room) => {
    const likely = weigh(rows, said, room);
    const opens = Math.max(...likely) === likely.at(-1);
    const talk = room.threads.findIndex((thread) => isPartOf(thread, said, opens));
    return talk < 0 ? likely : likely.map((_, i) => (i === talk ? 1 : 0));
  };
}

/** Whether this is what the guest says, what is said to him, or what would open a thread while he talks. */
function isPartOf({ opening, speakers }: OpenThread, { message }: Said, opens: boolean): boolean {
  if (!opening.signs.talk) return false;
  return opening.message.mentions.some((guest) => {
    const spoke = speakers.get(guest);
    if (!spoke) return guest === message.speaker;
    return message.at - spoke.at <= TALKING && (guest === message.speaker || message.mentions.includes(guest) || opens);
  });
}
