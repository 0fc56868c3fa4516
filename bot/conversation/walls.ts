/**
 * The walls: in which rooms the bot listens and speaks, and which archive rooms may be read where and by whom.
 *
 * In: the settings, what admins switched, who is in which room at this moment. Out: whether, and which. Nobody behind a wall
 * decides anew; what cannot be known counts as no.
 */
import type { Scope } from '../../knowledge/index.js';
import type { Chat, Room } from '../chat/chat.js';
import type { State } from '../state/state.js';
import { archiveRoomsOf, captureRoomOf, type RoomMap } from './rooms.js';

export interface WallOptions {
  /** Names of live rooms from the settings; `all` in the terminal, where there is nobody to keep out. */
  readonly enabled: readonly string[] | 'all';
  readonly roomMap: RoomMap;
  readonly state: Pick<State, 'rooms' | 'notebook'>;
  readonly chat: Pick<Chat, 'rooms' | 'members'>;
  /** Rooms of the archive now. */
  readonly archiveRooms: () => readonly string[];
}

export interface Walls {
  /** Whether the bot listens and speaks in a room at all. */
  isEnabled(room: Room): boolean;
  /** Names of the rooms where it does, as far as the settings and admins name them. */
  enabledTopics(): readonly string[];
  /** Archive rooms that may be read in a room. */
  scopeOf(room: Room): Promise<Scope | undefined>;
  /** The enabled rooms that somebody is a member of now. */
  roomsOf(contact: string): Promise<readonly Room[]>;
  /** Archive rooms that somebody may read in a direct chat: those of the rooms he is a member of now. */
  scopeOfPerson(contact: string): Promise<Scope | undefined>;
  /** The archive room that takes in what is said in a room. */
  captureRoomOf(room: Room, live: readonly Room[]): string | undefined;
}

export function createWalls({ enabled, roomMap, state, chat, archiveRooms }: WallOptions): Walls {
  const isEnabled = ({ topic }: Room): boolean => {
    // A room without a name cannot be known again after the next login.
    if (topic === '') return false;
    return state.rooms.get(topic).enabled ?? (enabled === 'all' || enabled.includes(topic));
  };
  /** Whether the archive can belong to this room only: nothing else is enabled, and it holds one room. */
  const isAlone = (room: Room, live: readonly Room[], bornLive: readonly string[]): boolean => {
    if (live.some(({ id }) => id !== room.id)) return false;
    if (enabled === 'all') return true;
    const switchedOn = [...state.rooms.all()].flatMap(([topic, setting]) => (setting.enabled ? [topic] : []));
    const others = [...enabled, ...switchedOn, ...roomMap.keys()].filter((topic) => topic !== room.topic);
    return others.length === 0 && archiveRooms().filter((name) => !bornLive.includes(name)).length === 1;
  };
  const readIn = (room: Room, live: readonly Room[]): readonly string[] => {
    if (!isEnabled(room)) return [];
    const { bornLive } = state.notebook.read();
    const at = { live, archive: archiveRooms(), map: roomMap, bornLive, alone: isAlone(room, live, bornLive) };
    return archiveRoomsOf(room, at) ?? [];
  };
  const scoped = (rooms: readonly string[]): Scope | undefined =>
    rooms.length === 0 ? undefined : { rooms: [...new Set(rooms)] };
  const roomsOf = async (contact: string): Promise<readonly Room[]> => {
    const rooms = (await chat.rooms()).filter(isEnabled);
    const members = await Promise.all(rooms.map(({ id }) => chat.members(id)));
    return rooms.filter((_, i) => members[i]?.some(({ id }) => id === contact));
  };

  return {
    isEnabled,
    enabledTopics() {
      const set = state.rooms.all();
      const named = new Set([...(enabled === 'all' ? [] : enabled), ...set.keys()]);
      return [...named].filter((topic) => isEnabled({ id: '', topic }));
    },
    scopeOf: async (room) => scoped(readIn(room, await chat.rooms())),
    roomsOf,
    async scopeOfPerson(contact) {
      const live = await chat.rooms();
      return scoped((await roomsOf(contact)).flatMap((room) => readIn(room, live)));
    },
    captureRoomOf: (room, live) => (isEnabled(room) ? captureRoomOf(room, { live, map: roomMap }) : undefined),
  };
}
