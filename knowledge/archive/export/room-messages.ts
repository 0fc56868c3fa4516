/**
 * One room of the archive -> its messages by day, each once, as an export has them.
 *
 * In: the archive's folder. Out: messages in time order; of doubles everything that any copy knows, and all
 * names that the room tells of their speaker.
 */
import { loginOf } from '../../people/logins.js';
import { EXPORTER, NAMELESS } from '../../people/names.js';
import { cleanBody } from '../../text/clean.js';
import { assemble } from '../assemble.js';
import { type Group, kindOfGroup } from '../doubles.js';
import { ArchiveError } from '../errors.js';
import { withQuotation } from '../live/lines.js';
import { type Entry, readEntries } from '../read.js';
import { codeOf, scanArchive } from '../scan.js';
import type { WallClock } from '../wall-clock.js';
import type { TimedMessage } from './markdown.js';

export type DatedMessage = TimedMessage & { readonly at: number; readonly date: string };

/** Throws {@link ArchiveError} if there is no such archive or no such room in it. `onRead` is told how many of how many files. */
export async function roomMessages(
  archive: string,
  room: string,
  clock: WallClock,
  onRead: (done: number, total: number) => void,
): Promise<readonly DatedMessage[]> {
  const scan = await scanArchive(archive).catch((error: unknown) => {
    throw new ArchiveError(`the archive ${archive} cannot be listed (${codeOf(error)})`);
  });
  const files = scan.files.filter((file) => file.room === room);
  if (files.length === 0) {
    const rooms = [...new Set(scan.files.map((file) => file.room))].sort();
    throw new ArchiveError(`the archive has no room ${room}; it has ${rooms.join(', ') || 'none'}`);
  }
  const read: (readonly Entry[])[] = [];
  for (const file of files) {
    read.push((await readEntries(file, clock)).entries);
    onRead(read.length, files.length);
  }
  const { groups, messages, people } = assemble(read, []);
  return groups.map((group, i) => {
    const names = people.speakers[messages[i]?.speaker ?? -1]?.names ?? [];
    return { ...messageOf(group, names, i + 1), ...clock.local(group.entry.at) };
  });
}

/** `learned` are the names of the speaker as the room as a whole tells them; they say who `我` is, too. */
function messageOf(
  group: Pick<Group, 'entry' | 'copies'>,
  learned: readonly string[],
  line: number,
): Omit<DatedMessage, 'date' | 'time'> {
  const { entry, copies } = group;
  const all = [entry, ...copies];
  const names = [...all.flatMap(({ name, alsoKnownAs }) => [name, ...alsoKnownAs]), ...learned];
  const known = [...new Set(names)].filter((name) => name !== EXPORTER && name !== NAMELESS);
  const [name = entry.name === NAMELESS ? '' : entry.name, ...others] = known;
  // An id that lasts goes before one of a login.
  const senders = all.flatMap(({ sender }) => sender ?? []);
  const sender = senders.find((id) => loginOf(id) === undefined) ?? senders[0];
  const id = all.find((copy) => copy.id !== undefined)?.id;
  const replyTo = all.find((copy) => copy.replyTo !== undefined)?.replyTo;
  const quoted = all.find((copy) => copy.quoted)?.quoted;
  const kind = kindOfGroup(group);
  const isTold = kind === cleanBody(withQuotation(entry.text, quoted)).kind;
  return {
    ...{ line, at: entry.at, name, body: entry.text },
    ...(others.length > 0 ? { alsoKnownAs: others } : {}),
    ...(sender === undefined ? {} : { sender }),
    ...(quoted ? { quoted } : {}),
    ...(isTold ? {} : { kind }),
    ...(id === undefined ? {} : { id }),
    ...(replyTo === undefined ? {} : { replyTo }),
  };
}
