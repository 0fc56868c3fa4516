/** The supervisor, with runs that end as told and a clock that only they and the waits move. */
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { BROKEN, FAILED, REFUSED, RESTART, WRONG_USE } from '../../bot/exit-codes.js';
import { LONGEST_WAIT, QUIET, supervise } from '../../bot/supervisor.js';

interface Ending {
  readonly code: number | null;
  /** How long the run took, ms. */
  readonly after?: number;
}

/** Every run ends as listed, one after the other; the last one well. */
async function watch(...endings: readonly Ending[]) {
  let now = 0;
  const left = [...endings, { code: 0 }];
  const waits: number[] = [];
  const alerts: string[] = [];
  const restarts: number[] = [];
  const code = await supervise({
    start(count) {
      restarts.push(count);
      const { code, after = 1_000 } = left.shift() as Ending;
      now += after;
      return { pid: 1, ended: Promise.resolve(code), stop: () => undefined, reload: () => undefined };
    },
    wait: async (ms) => {
      waits.push(ms / 1_000);
      now += ms;
    },
    clock: () => now,
    stopped: new AbortController().signal,
    onReload: () => undefined,
    alert: async (alert) => void alerts.push(alert),
    log: pino({ level: 'silent' }),
  });
  return { code, waits, alerts, restarts };
}

const lost = { code: RESTART };

test.each([
  ['lost its session', RESTART],
  ['broke', BROKEN],
  ['was killed', null],
  ['ended with a code nobody knows', 134],
])('a bot that %s is started again after five seconds, and told the number of restarts', async (_, code) => {
  expect(await watch({ code })).toMatchObject({ code: 0, waits: [5], restarts: [0, 1] });
});

test.each([
  ['has nothing to run on', FAILED],
  ['is used wrongly', WRONG_USE],
  ['is refused by WeChat', REFUSED],
])('a bot that %s is not started again, and the operator hears of it', async (_, code) => {
  expect(await watch({ code })).toEqual({ code, waits: [], alerts: ['not restarted'], restarts: [0] });
});

test('a bot that ended well is not started again, and that is no news', async () => {
  expect(await watch()).toEqual({ code: 0, waits: [], alerts: [], restarts: [0] });
});

describe('when it ends again and again', () => {
  test('each wait is twice as long, up to five minutes', async () => {
    const { waits } = await watch(...Array(9).fill(lost));
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300]);
    expect(LONGEST_WAIT).toBe(300_000);
  });
  test('after ten quiet minutes the waits begin anew', async () => {
    const { waits } = await watch(lost, lost, lost, { code: RESTART, after: QUIET }, lost);
    expect(waits).toEqual([5, 10, 20, 5, 10]);
  });
  test('the operator hears of it from the fourth time on', async () => {
    expect((await watch(lost, lost, lost)).alerts).toEqual([]);
    expect((await watch(lost, lost, lost, lost)).alerts).toEqual(['repeated restarts']);
  });
});

describe('told to stop', () => {
  function running(ended: Promise<number | null>) {
    const stop = new AbortController();
    const signals: string[] = [];
    const starts: number[] = [];
    let askToReload: () => void = () => undefined;
    const done = supervise({
      start: (count) => {
        starts.push(count);
        const reload = () => void signals.push('reload');
        return { pid: 1, ended, stop: (signal) => void signals.push(signal), reload };
      },
      onReload: (call) => {
        askToReload = call;
      },
      wait: async () => stop.abort('SIGTERM'),
      clock: () => 0,
      stopped: stop.signal,
      alert: async () => undefined,
      log: pino({ level: 'silent' }),
    });
    return { done, stop, signals, starts, reload: () => askToReload() };
  }
  test('it hands the signal on and ends with the code of the bot', async () => {
    let end: (code: number) => void = () => undefined;
    const { done, stop, signals, starts } = running(new Promise((resolve) => (end = resolve)));
    stop.abort('SIGINT');
    end(0);
    expect(await done).toBe(0);
    expect(signals).toEqual(['SIGINT']);
    expect(starts).toEqual([0]);
  });
  test('to reload, it has the bot do so, and nothing once that has ended', async () => {
    let end: (code: number) => void = () => undefined;
    const { done, reload, signals } = running(new Promise((resolve) => (end = resolve)));
    reload();
    end(0);
    await done;
    reload();
    expect(signals).toEqual(['reload']);
  });
  test('while it waits, it starts nothing any more', async () => {
    const { done, starts } = running(Promise.resolve(RESTART));
    expect(await done).toBe(0);
    expect(starts).toEqual([0]);
  });
});
