/**
 * What people asked for, as the state has it -> what the knowledge has to heed.
 */
import type { Guidance } from '../../knowledge/index.js';
import type { State } from '../state/state.js';

export function guidanceOf({ optOuts, hidden, feedback }: Pick<State, 'optOuts' | 'hidden' | 'feedback'>): Guidance {
  const forgotten = optOuts.all().filter(({ kind }) => kind === 'forgotten');
  return {
    forgotten: forgotten.map(({ rooms, names, senders }) => ({ rooms, names, senders })),
    hidden: hidden.all(),
    judgements: feedback.all(),
  };
}

/** Somebody who said something, or whose words are quoted. */
export interface Speaking {
  readonly id?: string;
  readonly name: string;
  readonly groupNickname?: string;
}

/** Whether somebody does not want what he says in an archive room to be kept. */
export function isUnrecorded({ optOuts }: Pick<State, 'optOuts'>, room: string, { id, name, groupNickname }: Speaking): boolean {
  return optOuts
    .all()
    .some(
      ({ kind, rooms, senders, names }) =>
        kind === 'unrecorded' &&
        rooms.includes(room) &&
        ((id !== undefined && senders.includes(id)) || [name, groupNickname].some((one) => one && names.includes(one))),
    );
}
