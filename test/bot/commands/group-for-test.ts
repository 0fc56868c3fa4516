/**
 * The bot among people, from the chat to the archive: real conversation, real state, a real archive on disk; only the chat itself
 * is made of functions, on a clock that the test moves.
 *
 * In: rooms, who is in them, what the archive holds. Out: what the bot says, to whom, and what it wrote down.
 */
import { type Logger, pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { Chat, Content, Destination, Listener, Member, Room } from '../../../bot/chat/chat.js';
import type { RoomMap } from '../../../bot/conversation/rooms.js';
import { type Service, serve } from '../../../bot/serve.js';
import { blankState } from '../../../bot/state/open.js';
import type { State } from '../../../bot/state/state.js';
import { type Knowledge, openKnowledge } from '../../../knowledge/index.js';
import { archiveOnDisk, day } from '../../knowledge/archive/archive-on-disk.js';
import { message } from '../fakes.js';

export const MAIN: Room = { id: '@@main', topic: '造物群' };
export const OTHER: Room = { id: '@@other', topic: '老板群' };
export const MINUTE = 60_000;
const NOON = Date.UTC(2025, 2, 10, 4);

export const person = (name: string, id = `@${name}`): Member => ({ id, name });
/** The admin, and three members of the main room; the boss is in the other one only. */
export const [ada, ben, cai, dan, boss] = [person('阿妲'), person('小本'), person('老蔡'), person('丹丹'), person('罗总')];

/** What was said before the bot came. */
const TRANSCRIPTS = {
  [`${MAIN.topic}/2025-03-01.markdown`]: day(
    ['09:00:00', '小本', '热床翘边怎么解决？'],
    ['09:01:00', '老蔡', '热床翘边就涂胶棒，热床温度加到 65 度'],
    ['09:02:00', '小本', '胶棒有用，翘边好了，谢谢'],
    ['15:00:00', '丹丹', '皮带打滑听得见响，怎么办？'],
    ['15:01:00', '老蔡', '皮带打滑先调张紧轮，响就是太松'],
    ['20:00:00', '阿妲', '明天的分享会改到三楼会议室'],
    ['20:01:00', '小本', '收到，三楼会议室'],
  ),
  [`${OTHER.topic}/2025-03-02.markdown`]: day(
    ['10:00:00', '罗总', '热床翘边的供应商报价多少？'],
    ['10:01:00', '罗总', '热床翘边供应商报价四万八，先不要外传'],
  ),
};

export interface GroupOptions {
  readonly rooms?: readonly Room[];
  /** By the room's id; undefined: the platform does not say. */
  readonly members?: Readonly<Record<string, readonly Member[] | undefined>>;
  /** As ROOMS says. */
  readonly enabled?: readonly string[];
  readonly roomMap?: RoomMap;
  readonly admins?: readonly Member[];
  readonly files?: Readonly<Record<string, string>>;
  readonly reload?: (real: Knowledge['reload']) => ReturnType<Knowledge['reload']>;
}

export interface Group {
  readonly knowledge: Knowledge;
  readonly archive: string;
  readonly state: State;
  readonly service: Service;
  /** Ids of rooms -> members; a test may change it. */
  readonly members: Record<string, readonly Member[] | undefined>;
  readonly rooms: Room[];
  /** Everything the bot sent. */
  readonly sent: { readonly to: Destination; readonly text: string }[];
  /** What stands in the log. */
  logged(): string;
  /** Somebody says something (without a room: in a direct chat); what the bot answers, as one text. */
  say(by: Member, text: string, room?: Room): Promise<string>;
  /** Hands in a message as it comes, and waits for nothing. */
  deliver: Listener['message'];
  /** Somebody takes back the `n`th message that was said. */
  recall(room: Room, n: number): Promise<void>;
  /** Time goes by, and what was waiting for it happens. */
  pass(ms: number): Promise<void>;
  /** Everything that any of these questions shows in a room. */
  shownFor(questions: readonly string[], room?: Room): Promise<string>;
  setClock(at: number): void;
}

export async function openGroup(options: GroupOptions = {}): Promise<Group> {
  const rooms = [...(options.rooms ?? [MAIN, OTHER])];
  const members: Group['members'] = { [MAIN.id]: [ada, ben, cai, dan], [OTHER.id]: [boss, ada], ...options.members };
  const archive = archiveOnDisk(options.files ?? TRANSCRIPTS);
  let now = NOON;
  let timers: readonly { readonly at: number; readonly call: () => void }[] = [];
  const clock = () => now;
  const opened = await openKnowledge({ archive, now: clock });
  onTestFinished(() => opened.close());
  const real = opened.reload;
  const knowledge: Knowledge = options.reload ? { ...opened, reload: () => (options.reload ?? real)(real) } : opened;
  const state = blankState();
  for (const { id, name } of options.admins ?? [ada]) {
    state.admins.add({ login: '@bot', contact: id, name, since: 0, by: 'code' });
  }
  const sent: Group['sent'] = [];
  const lines: string[] = [];
  let listener: Listener | undefined;
  const chat: Chat = {
    listen: (one) => {
      listener = one;
    },
    rooms: async () => rooms,
    members: async (id) => members[id],
    send: async (to, content: Content) => void sent.push({ to, text: String(content) }),
    me: () => ({ id: '@bot', name: '群史' }),
  };
  const log: Logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const service = serve({
    ...{ chat, knowledge, archive: knowledge, state, clock, log },
    roomMap: options.roomMap ?? new Map(),
    rooms: options.enabled ?? [MAIN.topic, OTHER.topic],
    pace: {
      pause: async () => undefined,
      wait: async () => undefined,
      later(ms, call) {
        const timer = { at: now + ms, call };
        timers = [...timers, timer];
        return () => {
          timers = timers.filter((one) => one !== timer);
        };
      },
      mannered: false,
    },
    dailyCap: Number.POSITIVE_INFINITY,
    digest: { time: '09:00', weekly: true, format: 'text', quietDays: 'skip' },
    zone: 'Asia/Shanghai',
    local: (at) => new Date(at).toISOString().slice(0, 16).replace('T', ' '),
    alert: async () => undefined,
  });
  const settle = async () => {
    await service.flush();
    for (let i = 0; i < 10; i++) await new Promise(setImmediate);
    await knowledge.flush();
    await knowledge.settled();
  };
  let count = 0;
  const say: Group['say'] = async (sender, text, room) => {
    count += 1;
    now += 1_000;
    const { room: _, ...direct } = message(text, { id: `m${count}`, at: now, sender });
    const before = sent.length;
    await listener?.message(room === undefined ? direct : { ...direct, room });
    await settle();
    return sent
      .slice(before)
      .map((one) => one.text)
      .join('\n');
  };
  return {
    ...{ knowledge, archive, state, service, members, rooms, sent, say },
    logged: () => lines.join(''),
    deliver: async (one) => listener?.message(one),
    async recall(room, n) {
      await listener?.recalled?.(room, `m${n}`);
      await settle();
    },
    async pass(ms) {
      now += ms;
      const due = timers.filter(({ at }) => at <= now);
      timers = timers.filter(({ at }) => at > now);
      for (const { call } of due) call();
      for (let i = 0; i < 50; i++) await new Promise(setImmediate);
      await settle();
    },
    async shownFor(questions, room = MAIN) {
      const shown: string[] = [];
      for (const question of questions) {
        shown.push(await say(cai, `@群史 ${question}`, room), await say(cai, '1', room), await say(cai, '更多', room));
      }
      return shown.join('\n');
    },
    setClock: (at) => {
      now = at;
    },
  };
}
