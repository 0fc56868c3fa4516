/**
 * A Digest as it is printed: one JSON object for other programs, or lines for the terminal.
 *
 * In: the digest and the IANA zone in which times are read. The JSON's field names are a contract.
 */
import type { Digest, DigestTopic, Quote, SharedItem } from '../knowledge/index.js';

export function digestJson(digest: Digest, zone: string): object {
  const iso = isoTime(zone);
  const { room, from, to, messages, people, topics, unanswered, links, speakers, date, days, hours, byDay, usual, rising } =
    digest;
  return {
    room,
    from: iso(from),
    to: iso(to),
    messages,
    people,
    topics: topics.map((topic) => topicJson(topic, iso)),
    unanswered: unanswered.map(quoteJson),
    links: links.map(linkJson),
    speakers,
    date,
    days,
    hours,
    byDay,
    ...(usual ? { usual } : {}),
    rising,
  };
}

function topicJson(
  { title, from, to, people, messages, isQuestion, quotes, addresses }: DigestTopic,
  iso: (at: number) => string,
) {
  return {
    title,
    from: iso(from),
    to: iso(to),
    people,
    messages,
    isQuestion,
    quotes: quotes.map(quoteJson),
    thread: addresses.map(({ file, line }) => ({ file, line })),
  };
}

function quoteJson({ file, line, date, time, speaker, text }: Quote) {
  return { file, line, date, time, speaker, text };
}

function linkJson({ kind, title, url, by }: SharedItem) {
  const { file, line, date, time, speaker } = by;
  return { kind, title, ...(url === undefined ? {} : { url }), file, line, date, time, speaker };
}

/** Text for the terminal; it ends with a line break. */
export function digestLines(digest: Digest, zone: string): string {
  const time = (at: number): string => isoTime(zone)(at).slice(11, 16);
  const { room, date, days, messages, people, usual, topics, unanswered, links, speakers, rising } = digest;
  const mean = usual ? ` (usually ${Math.round(usual.messages)} by ${Math.round(usual.people)})` : '';
  const lines = [
    `${room}, ${date}${days > 1 ? `, ${days} days` : ''}: ${messages} messages by ${people} people${mean}`,
    ...topics.flatMap((topic, i) => [
      '',
      `${i + 1}. ${oneLine(topic.title)}`,
      `   ${time(topic.from)} to ${time(topic.to)}, ${topic.people} people, ${topic.messages} messages`,
      ...topic.quotes.map((quote) => `   ${quoteLine(quote)}`),
    ]),
    ...section('unanswered', unanswered.map(quoteLine)),
    ...section(
      'links and files',
      links.map(({ title, url, by }) => `${by.speaker}: ${oneLine(title)}${url && url !== title ? ` ${url}` : ''}`),
    ),
    ...section(
      'most active',
      speakers.map(({ name, messages }) => `${name} ${messages}`),
    ),
    ...section(
      'rising words',
      rising.map(({ word, times, before }) => `${word} ${times} (before ${before})`),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `   ${line}`)];
}

function quoteLine({ speaker, time, text }: Quote): string {
  return `${speaker} ${time.slice(0, 5)}: ${oneLine(text)}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** Instants as ISO 8601 with the offset that the zone has then. */
function isoTime(zone: string): (at: number) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  const offset = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  return (at) => {
    const name = offset.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    return `${format.format(at).replace(' ', 'T')}${name.replace('GMT', '') || '+00:00'}`;
  };
}
