/**
 * What announces a guest's talk -> the subject that it names, in its own words; and what the guest said.
 */
import { signsOf } from '../threads/signs.js';
import type { Message } from '../types.js';

/** Messages that say something, at the beginning of a conversation, among which the announcement of a talk stands. */
const ANNOUNCED_WITHIN = 12;
/** The ways of naming a subject, the surest first: 主题是“…”, 主题 …, 给大家分享….  */
const NAMED: readonly RegExp[] = [
  /主题(?:是|为|叫)?[\s：:]*[“"「『【《]([^”"」』】》\n]{4,60})[”"」』】》]/,
  /分享(?:一下)?[\s：:]*[“"「『【《]([^”"」』】》\n]{4,60})[”"」』】》]/,
  /主题(?:是|为|叫|[\s：:])[\s：:]*([^，,。；;！!\s“"「『【《]{4,40})/,
  /[给为和跟向](?:大家|大伙儿?|我们|各位)(?:来|做|带来|介绍|讲讲)?分享(?:一下)?(?!的|了|完|会|期间|开始|嘉宾|[：:，,。！!～~])([^，,。；;！!～~[\n]{4,40})/,
  /今[天晚](?:主要|我|来|就|给大家|为大家|和大家|是|想|要)*(?:介绍|讲|聊聊|分享)(?:一下|下)?(?!的|了|完|过|会|得|不|到|这|那|[：:，,。])([^，,。；;！!?？\n]{6,40})/,
];

/** A speaker who begins says it himself: 我给大家分享…, 今天主要介绍…; or it is told for later. */
const INTRODUCED = /我.{0,6}[给为和跟向](?:大家|大伙儿?|各位).{0,6}分享|^今[天晚].{0,8}(?:介绍|讲|分享)|分享.{2,40}敬请期待/;

export interface Announcement {
  readonly message: Message;
  /** Verbatim. */
  readonly subject: string;
}

/** `telling` is what a conversation says, in time order. */
export function announcementIn(telling: readonly Message[]): Announcement | undefined {
  for (const message of telling.slice(0, ANNOUNCED_WITHIN)) {
    const subject = signsOf(message).talk === 1 || INTRODUCED.test(message.text) ? subjectIn(message.text) : undefined;
    if (subject !== undefined) return { message, subject };
  }
  return undefined;
}

/** What the guest said: whoever said most beside the announcement. All there is, if he announced it himself. */
export function saidByGuest(telling: readonly Message[], { message }: Announcement): readonly Message[] {
  const lengths = new Map<number, number>();
  for (const one of telling) if (one !== message) lengths.set(one.speaker, (lengths.get(one.speaker) ?? 0) + one.text.length);
  const [guest] = [...lengths].sort(([, a], [, b]) => b - a)[0] ?? [];
  return guest === message.speaker ? telling : telling.filter(({ speaker }) => speaker === guest);
}

function subjectIn(text: string): string | undefined {
  for (const pattern of NAMED) {
    const subject = pattern.exec(text)?.[1]?.trim();
    if (subject !== undefined) return subject;
  }
  return undefined;
}
