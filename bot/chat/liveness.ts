/**
 * Is the session alive? Web WeChat's own heartbeat says "normal" while it hears nothing.
 *
 * In: when the server last answered, when somebody last said something, and the clock. Out: what is wrong, or nothing.
 */

/** A poll is answered within 25 s and given up after 60 s; whoever was not answered for this long is deaf, ms. */
export const DEAF_AFTER = 100_000;
/** Groups sleep at night; after this long without a word something may be wrong, ms. */
export const QUIET_AFTER = 14 * 60 * 60_000;

export interface SignsOfLife {
  /** UTC ms of the login of this process; undefined before it. */
  readonly loggedIn: number | undefined;
  /** UTC ms of the last sign of the server; undefined if the puppet cannot tell. */
  readonly lastContact: number | undefined;
  /** UTC ms of the last message. */
  readonly lastHeard: number | undefined;
}

/** `deaf`: the session is dead and a new process is needed. `quiet`: it seems well, but nobody says anything. */
export type Condition = 'well' | 'not logged in' | 'deaf' | 'quiet';

export function conditionOf({ loggedIn, lastContact, lastHeard = 0 }: SignsOfLife, now: number): Condition {
  if (loggedIn === undefined) return 'not logged in';
  if (lastContact !== undefined && now - Math.max(lastContact, loggedIn) > DEAF_AFTER) return 'deaf';
  return now - Math.max(lastHeard, loggedIn) > QUIET_AFTER ? 'quiet' : 'well';
}
