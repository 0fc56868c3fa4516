/** The circuit breaker: when it opens, what it says, and how it closes again. */
import { describe, expect, it } from 'vitest';
import { createCircuit } from '../../../knowledge/semantic/circuit.js';

function watched() {
  let now = 0;
  let calls = 0;
  const circuit = createCircuit({ failures: 3, rest: 1_000, clock: () => now });
  return {
    calls: () => calls,
    pass: (ms: number) => {
      now += ms;
    },
    /** What a call through the circuit came to. */
    call: (result: 'well' | 'badly') =>
      circuit(async () => {
        calls += 1;
        await Promise.resolve();
        if (result === 'badly') throw new Error('it is broken');
        return 'well';
      }).catch((error: Error) => error.message),
  };
}

describe('a circuit', () => {
  it('lets calls through as long as they do not fail three times in a row', async () => {
    const { call, calls } = watched();
    for (const result of ['badly', 'badly', 'well', 'badly', 'badly'] as const) await call(result);
    expect(await call('well')).toBe('well');
    expect(calls()).toBe(6);
  });

  it('then refuses at once, with the words of the last failure', async () => {
    const { call, calls, pass } = watched();
    for (let i = 0; i < 3; i++) expect(await call('badly')).toBe('it is broken');
    pass(999);
    expect(await call('well')).toBe('it is broken; not tried again yet');
    expect(calls()).toBe(3);
  });

  it('after a rest lets one call try, and closes if it goes well', async () => {
    const { call, calls, pass } = watched();
    for (let i = 0; i < 3; i++) await call('badly');
    pass(1_000);
    expect(await Promise.all([call('well'), call('well')])).toEqual(['well', 'it is broken; not tried again yet']);
    expect(await Promise.all([call('well'), call('well')])).toEqual(['well', 'well']);
    expect(calls()).toBe(6);
  });

  it('rests again if the try fails', async () => {
    const { call, calls, pass } = watched();
    for (let i = 0; i < 3; i++) await call('badly');
    pass(1_000);
    expect(await call('badly')).toBe('it is broken');
    pass(999);
    expect(await call('well')).toBe('it is broken; not tried again yet');
    pass(1);
    expect(await call('well')).toBe('well');
    expect(calls()).toBe(5);
  });
});
