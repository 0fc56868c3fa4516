/** Recording, taking back, reloading and restarting in any order: each message stands once, or not at all. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roomOfFolder } from '../../knowledge/archive/room-folders.js';
import { openKnowledge } from '../../knowledge/index.js';
import { runs } from '../properties.js';
import { everyMessage, live, temporaryFolder } from './kept-archive.js';

const NOON = Date.parse('2025-03-24T12:00:00+08:00');
const MINUTE = 60_000;

describe('any sequence of recording, taking back, reloading and restarting', () => {
  type Step =
    | { readonly what: 'record'; readonly id: number; readonly minute: number; readonly room: string; readonly text: string }
    | { readonly what: 'recall'; readonly id: number; readonly room: string }
    | { readonly what: 'reload' | 'restart' | 'ask' };
  const id = fc.nat(9);
  const room = fc.constantFrom('甲', '乙/丙');
  const steps: fc.Arbitrary<readonly Step[]> = fc.array(
    fc.oneof(
      {
        weight: 6,
        arbitrary: fc.record({
          what: fc.constant('record' as const),
          id,
          minute: fc.integer({ min: -800, max: 800 }),
          room,
          text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
        }),
      },
      { weight: 2, arbitrary: fc.record({ what: fc.constant('recall' as const), id, room }) },
      { weight: 2, arbitrary: fc.record({ what: fc.constantFrom('reload' as const, 'restart' as const, 'ask' as const) }) },
    ),
    { maxLength: 25, size: 'max' },
  );

  it('leaves what was recorded and not taken back, once each, in time order, as a fresh start finds it', {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.boolean(), async (some, withSnapshot) => {
        const archive = temporaryFolder();
        const options = { archive, now: () => NOON, ...(withSnapshot ? { snapshot: temporaryFolder() } : {}) };
        let knowledge = await openKnowledge(options);
        const expected = new Map<string, number>();
        const gone = new Set<string>();
        for (const step of some) {
          if (step.what === 'record') {
            const key = `${step.room} ${step.id}`;
            const at = NOON + step.minute * MINUTE;
            // The words tell which message it is, whatever is cleaned away of the rest.
            await knowledge.record(live(String(step.id), at, `${step.id}号：${step.text}`, { room: step.room }));
            if (!gone.has(key) && !expected.has(key)) expected.set(key, at);
          } else if (step.what === 'recall') {
            const key = `${step.room} ${step.id}`;
            await knowledge.recall(step.room, String(step.id));
            expected.delete(key);
            gone.add(key);
          } else if (step.what === 'reload') await knowledge.reload();
          else if (step.what === 'ask') await knowledge.ask('x');
          else {
            await knowledge.close();
            // What was taken back before it came is only remembered by the process.
            const recorded = readdirSync(archive, { recursive: true, encoding: 'utf8' })
              .filter((file) => file.endsWith('.jsonl'))
              .flatMap((file) => {
                const room = roomOfFolder(file.split('/')[0] ?? '');
                return [...readFileSync(join(archive, file), 'utf8').matchAll(/"platformMessageId":"(\d+)"/g)].map(
                  ([, one]) => `${room} ${one}`,
                );
              });
            for (const key of gone) if (!recorded.includes(key)) gone.delete(key);
            knowledge = await openKnowledge(options);
          }
        }
        await knowledge.ask('x');
        const shown = everyMessage(knowledge).map(({ place, at, text }) => [
          `${roomOfFolder(place.split('/')[0] ?? '')} ${text.split('号')[0]}`,
          at,
        ]);
        const wanted = [...expected].sort((a, b) => a[1] - b[1]);
        expect(shown.map(([, at]) => at)).toEqual(wanted.map(([, at]) => at));
        expect(new Map(shown as [string, number][])).toEqual(expected);
        const fresh = await openKnowledge({ archive, now: () => NOON });
        // What a load took and found changed is its own affair.
        const { seconds: _, threads: __, added: ___, changed: ____, removed: _____, ...counts } = knowledge.summary();
        expect(fresh.summary()).toMatchObject(counts);
        expect(everyMessage(fresh)).toEqual(everyMessage(knowledge));
        await fresh.close();
        await knowledge.close();
      }),
      runs(30),
    );
  });
});
