/**
 * Which archive rooms may be read in which live room. This is the wall between groups.
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
}

/**
 * The mapping decides if it names the room; else the archive room of the same name; else everything, if the bot is in
 * this one room only. Two live rooms of the same name get nothing, for anybody can give a new group an old group's name.
 */
export function archiveRoomsOf(room: Room, { live, archive, map }: RoomsAtHand): readonly string[] | undefined {
  if (live.some((other) => other.id !== room.id && other.topic === room.topic)) return undefined;
  const alone = live.every((other) => other.id === room.id);
  const rooms = map.get(room.topic) ?? (archive.includes(room.topic) ? [room.topic] : alone ? archive : []);
  const known = rooms.filter((name) => archive.includes(name));
  return known.length > 0 ? known : undefined;
}
