/**
 * How somebody becomes an admin: with a code that only the operator's log shows.
 *
 * In: codes as people send them in a direct chat. Out: an admin of this login, or why not. Names prove nothing here.
 */
import { randomInt } from 'node:crypto';
import type { Logger } from 'pino';
import type { Member } from '../chat/chat.js';
import type { Admins } from '../state/state.js';

/** A code counts for this long, and so long nothing is accepted after too many wrong ones, ms. */
export const CODE_LASTS = 10 * 60_000;
export const LOCKED_FOR = 10 * 60_000;
export const WRONG_CODES = 3;

const DIGITS = 8;

/** With three tries in ten minutes nobody guesses it. */
export function drawCode(): string {
  return String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
}

export interface AdmissionOptions {
  readonly admins: Admins;
  /** The bot's own contact id. */
  readonly login: () => string | undefined;
  /** A new code, nobody's guess. */
  readonly draw: () => string;
  /** UTC instant, ms. */
  readonly clock: () => number;
  readonly log: Logger;
}

export type Bound = 'bound' | 'wrong' | 'locked' | 'expired' | 'not needed' | 'already';

export interface Admission {
  isAdmin(contact: string): boolean;
  /** Shows a code in the log, if there is no admin of this login. */
  offer(): void;
  bind(person: Member, code: string): Bound;
  /** A code that stands in a text everybody in a room can read counts no more. */
  overheard(text: string): void;
}

export function createAdmission({ admins, login, draw, clock, log }: AdmissionOptions): Admission {
  let offered: { readonly code: string; readonly at: number } | undefined;
  let wrong = 0;
  let lockedAt = Number.NEGATIVE_INFINITY;
  /** A clock that jumps makes no code last longer. */
  const isWithin = (since: number, ms: number) => Math.abs(clock() - since) < ms;
  const ofLogin = () => {
    const me = login();
    return me === undefined ? [] : admins.of(me);
  };
  const isAdmin = (contact: string) => ofLogin().some((admin) => admin.contact === contact);
  const offer = () => {
    if (login() === undefined || ofLogin().length > 0) return;
    offered = { code: draw(), at: clock() };
    const minutes = CODE_LASTS / 60_000;
    log.warn({ code: offered.code, minutes }, 'there is no admin yet: send 绑定 and this code to the bot in a direct chat');
  };

  return {
    isAdmin,
    offer,
    bind({ id, name }, code) {
      const me = login();
      if (isAdmin(id)) return 'already';
      if (me === undefined || ofLogin().length > 0) return 'not needed';
      if (isWithin(lockedAt, LOCKED_FOR)) return 'locked';
      if (offered === undefined || !isWithin(offered.at, CODE_LASTS)) {
        offer();
        wrong = 0;
        return 'expired';
      }
      if (code !== offered.code) {
        wrong += 1;
        if (wrong < WRONG_CODES) return 'wrong';
        [offered, wrong, lockedAt] = [undefined, 0, clock()];
        log.warn('three wrong codes: nobody can become an admin for ten minutes');
        return 'locked';
      }
      [offered, wrong] = [undefined, 0];
      admins.add({ login: me, contact: id, name, since: clock(), by: 'code' });
      return 'bound';
    },
    overheard(text) {
      if (offered === undefined || !text.includes(offered.code)) return;
      log.warn('the code was said in a room, where others can read it: it counts no more');
      offer();
    },
  };
}
