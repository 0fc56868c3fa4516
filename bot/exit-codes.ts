/**
 * What the bot's exit codes mean.
 *
 * In: how a process ended. Out: whether another one may fare better.
 */

export const ENDED_WELL = 0;
/** A restart would fail in the same way: no archive, no such puppet. */
export const FAILED = 1;
export const WRONG_USE = 2;
/** EX_SOFTWARE of sysexits.h: something nobody foresaw. */
export const BROKEN = 70;
/** EX_TEMPFAIL: the session is lost, and a new process gets it back. */
export const RESTART = 75;
/** EX_NOPERM: WeChat does not let this account in. */
export const REFUSED = 77;

const FINAL: readonly number[] = [ENDED_WELL, FAILED, WRONG_USE, REFUSED];

/** @param code null if a signal ended it */
export function mayRestart(code: number | null): boolean {
  return code === null || !FINAL.includes(code);
}
