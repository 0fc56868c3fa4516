import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { Room } from '../../../bot/chat/chat.js';
import { SendError } from '../../../bot/chat/chat.js';
import { createOutbox } from '../../../bot/chat/outbox.js';
import { createPoster } from '../../../bot/schedule/poster.js';
import { createSchedule, type Subscriber } from '../../../bot/schedule/schedule.js';
import type { Window } from '../../../bot/schedule/windows.js';
import { blankState } from '../../../bot/state/open.js';
import { fakeKnowledge } from '../fakes.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const NINE = Date.parse('2026-11-26T09:00:00+08:00');

/** A group with a clock of its own, in which the bot has been since the day before. */
async function group(subscribers: readonly Subscriber[] = [{ topic: '读书群', time: '09:00', weekly: false }]) {
  let now = NINE - DAY;
  let rooms: readonly Room[] = [...new Set(subscribers.map(({ topic }) => topic))].map((topic) => ({ id: `@@${topic}`, topic }));
  const said: string[] = [];
  const alerts: string[] = [];
  const faults: (Error | undefined)[] = [];
  const quiet = new Set<string>();
  const log = pino({ level: 'silent' });
  const state = blankState();
  const clock = () => now;
  const alert = async (name: string, text: string) => void alerts.push(`${name}: ${text}`);
  const outbox = createOutbox({
    async send(to, content) {
      const fault = faults.shift();
      if (fault) throw fault;
      said.push(`${'room' in to ? to.room : ''} ${typeof content === 'string' ? content : content.name}`);
    },
    ...{ pause: async () => undefined, wait: async () => undefined, spend: () => true, clock, log },
  });
  const make = async ({ topic }: Room, { date, days, from, to }: Window) => {
    if (topic === '坏群') throw new Error('this room cannot be told');
    const contents = quiet.has(date) ? [] : [`${date}/${days}`, { picture: new Uint8Array(), name: 'digest.png' }];
    return { digest: fakeKnowledge([]).digest({ rooms: [topic], from, to, days }), contents };
  };
  const marks = state.digests;
  const makeSchedule = () => {
    const poster = createPoster({ ...{ marks, make, clock, alert, log, onPosted: () => undefined }, post: outbox.post });
    return createSchedule({
      ...{ zone: 'Asia/Shanghai', marks, poster, clock, alert, log },
      ...{ subscribers: () => subscribers, rooms: async () => rooms },
    });
  };
  const lookAt = async (at: number) => {
    now = at;
    await makeSchedule().look();
  };
  await lookAt(NINE - DAY);
  return {
    ...{ said, alerts, faults, quiet, marks, makeSchedule, lookAt },
    setRooms: (others: readonly Room[]) => {
      rooms = others;
    },
  };
}

describe('the digest of a room', () => {
  it('comes at nine, its picture behind it, and not again', async () => {
    const { lookAt, said } = await group();
    await lookAt(NINE - 1000);
    expect(said).toEqual([]);
    for (const minutes of [0, 1, 2, 600]) await lookAt(NINE + minutes * MINUTE);
    expect(said).toEqual(['@@读书群 2026-11-25/1', '@@读书群 digest.png']);
  });

  it('comes once after a restart a second before nine, and when the clock is set back over nine', async () => {
    const { lookAt, said } = await group();
    for (const seconds of [-1, 0, 59, -3600, 0, 60]) await lookAt(NINE + seconds * 1000);
    expect(said.filter((text) => text.includes('/1'))).toEqual(['@@读书群 2026-11-25/1']);
  });

  it('comes once though two bots look at the same moment', async () => {
    const { lookAt, said, makeSchedule } = await group();
    await lookAt(NINE - 1000);
    await lookAt(NINE - 1000);
    const [one, other] = [makeSchedule(), makeSchedule()];
    await lookAt(NINE - 1);
    said.length = 0;
    await Promise.all([lookAt(NINE), one.look(), other.look()]);
    expect(said.filter((text) => text.includes('/1'))).toHaveLength(1);
  });

  it('is left out on a quiet day, for good', async () => {
    const { lookAt, said, quiet, marks } = await group();
    quiet.add('2026-11-25');
    await lookAt(NINE);
    quiet.clear();
    await lookAt(NINE + MINUTE);
    expect(said).toEqual([]);
    expect(marks.get('读书群', '2026-11-25/1')?.step).toBe('skipped');
  });

  it('is tried again while the server cannot be reached, until noon, and then given up loudly', async () => {
    const { lookAt, said, faults, alerts } = await group();
    faults.push(...Array.from({ length: 1_000 }, () => new SendError('unreached', 'nobody there')));
    for (let minutes = 0; minutes <= 240; minutes++) await lookAt(NINE + minutes * MINUTE);
    expect(1_000 - faults.length).toBeGreaterThan(5);
    expect(1_000 - faults.length).toBeLessThan(15);
    expect(said).toEqual([]);
    expect(alerts.filter((text) => text.startsWith('digest not sent'))).toHaveLength(1);
  });

  it('comes once the server is back', async () => {
    const { lookAt, said, faults } = await group();
    faults.push(new SendError('unreached', 'nobody there'), new SendError('restricted', 'too often'));
    for (let minutes = 0; minutes <= 60; minutes++) await lookAt(NINE + minutes * MINUTE);
    expect(said.filter((text) => text.includes('/1'))).toEqual(['@@读书群 2026-11-25/1']);
  });

  it('is not sent again when nobody knows whether it arrived, and the operator hears of it', async () => {
    const { lookAt, said, faults, alerts } = await group();
    faults.push(new Error('the connection broke'));
    await lookAt(NINE);
    await lookAt(NINE + 120 * MINUTE);
    expect(said).toEqual([]);
    expect(alerts).toEqual([expect.stringMatching(/^digest unsure: .*2026-11-25.*日报/)]);
  });
});

describe('several rooms', () => {
  const every = (...topics: readonly string[]) => topics.map((topic) => ({ topic, time: '09:00', weekly: false }));

  it('each get theirs, though one fails, one is not there and one has a namesake', async () => {
    const { lookAt, said, alerts, setRooms } = await group(every('坏群', '不见了', '同名', '读书群'));
    const [bad, reading] = [
      { id: '@@1', topic: '坏群' },
      { id: '@@2', topic: '读书群' },
    ];
    setRooms([bad, { id: '@@3', topic: '同名' }, { id: '@@4', topic: '同名' }, reading]);
    await lookAt(NINE);
    expect(said).toEqual(['@@2 2026-11-25/1', '@@2 digest.png']);
    expect(alerts).toEqual([expect.stringMatching(/^digest room not found: .*"不见了"/)]);
  });

  it('keep their own time', async () => {
    const { lookAt, said } = await group([...every('读书群'), { topic: '夜猫群', time: '22:30', weekly: false }]);
    const bird = () => said.filter((text) => text.startsWith('@@夜猫群') && text.includes('/1'));
    await lookAt(Date.parse('2026-11-25T22:30:00+08:00'));
    await lookAt(NINE);
    await lookAt(Date.parse('2026-11-26T22:29:59+08:00'));
    expect(bird()).toEqual(['@@夜猫群 2026-11-24/1']);
    await lookAt(Date.parse('2026-11-26T22:30:00+08:00'));
    expect(bird()).toEqual(['@@夜猫群 2026-11-24/1', '@@夜猫群 2026-11-25/1']);
  });

  it('get a week on Monday if they want one', async () => {
    const { lookAt, said } = await group([{ topic: '读书群', time: '09:00', weekly: true }]);
    for (let day = 0; day < 8; day++) await lookAt(NINE + day * DAY);
    expect(said.filter((text) => text.includes('/7'))).toEqual(['@@读书群 2026-11-23/7']);
    expect(said.filter((text) => text.includes('/1'))).toHaveLength(8);
  });
});
