/**
 * Which archive rooms may be read in which live room, and which takes in what is said there. This is the wall between groups.
 *
 * In: the live room, all live rooms, the archive's rooms and the mapping from the settings. Out: the archive rooms, never
 * an empty list; undefined if none belongs to this live room.
 */
import type { Room } from '../chat/chat.js';

/** Live room's name -> archive rooms. */
export type RoomMap = ReadonlyMap<string, readonly string[]>;

export interface RoomsAtHand {
  readonly live: readonly Room[];
  readonly archive: readonly string[];
  readonly map: RoomMap;
  /** Archive rooms that hold only what the bot itself heard there. */
  readonly bornLive?: readonly string[];
  /** Whether there is no other room that the archive could belong to. */
  readonly alone: boolean;
}

/**
 * The mapping decides if it names the room; else the archive room of the same name; else everything, if there is no other
 * room. Two live rooms of the same name get nothing, for anybody can give a new group an old group's name.
 */
export function archiveRoomsOf(
  room: Room,
  { live, archive, map, bornLive = [], alone }: RoomsAtHand,
): readonly string[] | undefined {
  if (hasNamesake(room, live)) return undefined;
  const own = archive.includes(room.topic) ? [room.topic] : [];
  // What the bot has just begun to write down must not hide the archive that was there before.
  const rooms = map.get(room.topic) ?? (alone && own.every((name) => bornLive.includes(name)) ? archive : own);
  const known = rooms.filter((name) => archive.includes(name));
  return known.length > 0 ? known : undefined;
}

/** The archive room that takes in what is said here: the first of the mapping, else the one of this name, old or new. */
export function captureRoomOf(room: Room, { live, map }: Pick<RoomsAtHand, 'live' | 'map'>): string | undefined {
  if (room.topic === '' || hasNamesake(room, live)) return undefined;
  return map.get(room.topic)?.[0] ?? room.topic;
}

/** Names that several live rooms have. Who is meant by them cannot be known. */
export function sharedNames(live: readonly Room[]): readonly string[] {
  const shared = live.filter((room) => room.topic !== '' && hasNamesake(room, live)).map(({ topic }) => topic);
  return [...new Set(shared)];
}

function hasNamesake(room: Room, live: readonly Room[]): boolean {
  return live.some((other) => other.id !== room.id && other.topic === room.topic);
}
