/**
 * How well the digest of a day tells what was talked about.
 *
 * In: gold days, and the digest of exactly the messages of each. Out: which of its larger conversations a topic covers. The
 * threads were learned on these very days, so that another group may expect less (see DESIGN.md, "Tried and dropped").
 */
import type { Digest } from '../../knowledge/index.js';
import { addressKey, type GoldDay } from './gold.js';
import { openings } from './threads.js';

/** A message of a gold day as the archive has it. */
export interface DayMessage {
  readonly at: number;
  readonly speaker: string;
  readonly text: string;
}

export interface DigestDay {
  readonly file: string;
  /** Conversations of the day with so many people and messages that a digest should tell of them. */
  readonly large: number;
  /** At most so many of them can be covered: one by each topic that a digest may have. */
  readonly ceiling: number;
  readonly covered: number;
  readonly topics: number;
  /** Topics that tell of a conversation, large or small, of which an earlier topic tells already. */
  readonly twice: number;
  /** Topics more than half of whose messages are emoji, red packets, sign-ins or greetings. */
  readonly noise: number;
}

const PEOPLE = 4;
const MESSAGES = 8;
const MOST_TOPICS = 5;
const NOISE =
  /红包|签到|打卡|^(?:大家|各位)?(?:早|早安|早上好|上午好|下午好|晚上好|晚安|你好|好)$|大家好|新年快乐|节日快乐|生日快乐|恭喜发财|欢迎|请?多多?(?:指教|关照)/;
/** Letters, digits or characters that a greeting has at most. */
const NOISE_LENGTH = 20;

/**
 * @param messageOf by {@link addressKey}
 * @param digest of the archive room in which a file stands, from one instant (UTC ms) up to another
 */
export function digestDays(
  gold: readonly GoldDay[],
  messageOf: ReadonlyMap<string, DayMessage>,
  digest: (room: string, from: number, to: number) => Digest,
): readonly DigestDay[] {
  return gold.flatMap((day) => {
    const { file } = day;
    const conversations = openings(day);
    const said = [...conversations.keys()].flatMap((line) => messageOf.get(addressKey({ file, line })) ?? []);
    if (said.length === 0) return [];
    const times = said.map(({ at }) => at);
    const { topics } = digest(file.split('/')[0] ?? '', Math.min(...times), Math.max(...times) + 1);
    const told = topics.map(({ addresses }) =>
      majority(addresses.map((address) => (address.file === file ? conversations.get(address.line) : undefined))),
    );
    const large = largeConversations(day, messageOf);
    const known = told.filter((conversation) => conversation !== undefined);
    return [
      {
        file,
        large: large.length,
        ceiling: Math.min(MOST_TOPICS, large.length),
        covered: large.filter((conversation) => told.includes(conversation)).length,
        topics: topics.length,
        twice: known.length - new Set(known).size,
        noise: topics.filter(({ addresses }) => isNoise(addresses.flatMap((one) => messageOf.get(addressKey(one)) ?? []))).length,
      },
    ];
  });
}

/** Greater is better for the first two; the others are counts that should be 0. */
export function digestFigures(days: readonly DigestDay[]): Readonly<Record<string, number>> {
  const sum = (of: (day: DigestDay) => number): number => days.reduce((all, day) => all + of(day), 0);
  const large = sum((day) => day.large);
  return {
    covered: large === 0 ? 0 : sum((day) => day.covered) / large,
    ceiling: large === 0 ? 0 : sum((day) => day.ceiling) / large,
    twice: sum((day) => day.twice),
    noise: sum((day) => day.noise),
  };
}

/** The line that opened each of them. */
function largeConversations(day: GoldDay, messageOf: ReadonlyMap<string, DayMessage>): readonly number[] {
  const lines = new Map<number, number[]>();
  for (const [line, opening] of openings(day)) lines.set(opening, [...(lines.get(opening) ?? []), line]);
  return [...lines].flatMap(([opening, members]) => {
    const people = new Set(members.map((line) => messageOf.get(addressKey({ file: day.file, line }))?.speaker));
    return members.length >= MESSAGES && people.size >= PEOPLE ? [opening] : [];
  });
}

/** What more than half of them are. */
function majority(values: readonly (number | undefined)[]): number | undefined {
  return values.find((value) => value !== undefined && 2 * values.filter((other) => other === value).length > values.length);
}

function isNoise(messages: readonly DayMessage[]): boolean {
  const noise = messages.filter(({ text }) => {
    const said = text.replace(/\[[^\]\s]{1,8}\]/gu, '').match(/[\p{L}\p{N}]/gu) ?? [];
    return said.length === 0 || (said.length <= NOISE_LENGTH && NOISE.test(text));
  });
  return 2 * noise.length > messages.length;
}
