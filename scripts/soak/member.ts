/**
 * The bot under load, in a process that may be killed at any moment: real conversation, real archive, Wechaty with its mock puppet.
 *
 * In: what people say, as messages from the parent; the working folder as argument. Out: to the parent, what is safely
 * written, what was sent, how much memory is taken.
 */
import { join } from 'node:path';
import { pino } from 'pino';
import { wechatyChat } from '../../bot/chat/wechaty-chat.js';
import { terminalPace } from '../../bot/pace.js';
import { serve } from '../../bot/serve.js';
import { openState } from '../../bot/state/open.js';
import { openKnowledge } from '../../knowledge/index.js';
import { BOT, openCrowd } from './crowd.js';

/** What the parent sends. */
export interface Delivery {
  readonly id: string;
  readonly room: number;
  readonly person: number;
  readonly text: string;
  /** UTC ms. */
  readonly at: number;
}

/** What the parent is told. */
export type Report =
  | { readonly ready: true }
  | { readonly recorded: string }
  | { readonly sent: string }
  | { readonly memory: number }
  | { readonly reload: number };

const RELOAD_EVERY = 20_000;
const MEMORY_EVERY = 1_000;

const tell = (report: Report) => process.send?.(report);
const [folder = '.'] = process.argv.slice(2);
// Only what goes wrong: the parent counts the rest.
const log = pino({ level: 'error' }, pino.destination({ dest: 2, sync: true }));

const knowledge = await openKnowledge({ archive: join(folder, 'archive'), snapshot: join(folder, 'snapshot') });
const crowd = await openCrowd();
const chat = wechatyChat(crowd.bot, { botNames: [BOT], log });
serve({
  chat: {
    ...chat,
    async send(to, content) {
      await chat.send(to, content);
      if (typeof content === 'string') tell({ sent: content });
    },
  },
  knowledge,
  archive: {
    ...knowledge,
    async record(message) {
      await knowledge.record(message);
      tell({ recorded: message.id });
    },
  },
  roomMap: crowd.roomMap,
  rooms: 'all',
  // Nobody waits until nine in the morning.
  digest: { weekly: false, format: 'text', quietDays: 'skip' },
  zone: 'Asia/Shanghai',
  state: openState({ dataDir: folder, onFault: (sentence) => log.error(sentence) }),
  // No pauses and no limits: with them, two thousand questions would take an hour and put no load on anything.
  pace: terminalPace,
  dailyCap: Number.POSITIVE_INFINITY,
  local: (at) => new Date(at).toISOString().slice(0, 16),
  clock: Date.now,
  alert: async () => undefined,
  log,
});

process.on('message', (delivery: Delivery) => crowd.say(delivery));
process.on('disconnect', () => process.exit(0));
setInterval(() => tell({ memory: process.memoryUsage().rss }), MEMORY_EVERY);
setInterval(() => {
  const begun = performance.now();
  knowledge.reload().then(
    () => tell({ reload: performance.now() - begun }),
    (error: Error) => log.error({ reason: error.message }, 'a reload failed'),
  );
}, RELOAD_EVERY);
tell({ ready: true });
