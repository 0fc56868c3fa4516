/**
 * Who and what there is in the fake WeChat: people, rooms, and the ids they go by in one login.
 *
 * In: names and topics. Out: contacts and rooms in the shapes of the Web WeChat protocol. Ids are drawn from the login's
 * seed, so that every scan of a QR code changes all of them, as on the real server.
 */
import { createHash } from 'node:crypto';

export interface Member {
  readonly name: string;
  /** Group card: the name he goes by in this room. */
  readonly card?: string;
}

export interface FakeRoom {
  /** Tells rooms of the same topic apart, in tests only. */
  readonly key: string;
  readonly topic: string;
  readonly members: readonly Member[];
}

/** In wire form: what stands in `NickName` and `DisplayName`, emoji as spans. */
export interface World {
  readonly bot: string;
  readonly rooms: readonly FakeRoom[];
}

const hex = (text: string) => createHash('sha256').update(text).digest('hex');

export function personId(seed: string, name: string): string {
  return `@${hex(`${seed} person ${name}`)}`;
}

export function roomId(seed: string, key: string): string {
  return `@@${hex(`${seed} room ${key}`)}`;
}

export function everybody({ bot, rooms }: World): readonly string[] {
  return [...new Set([bot, ...rooms.flatMap(({ members }) => members.map(({ name }) => name))])];
}

/** Anything about the person or room behind an id; undefined for ids of another login. */
export function whoIs(world: World, seed: string, id: string): { readonly name: string } | FakeRoom | undefined {
  const name = everybody(world).find((one) => personId(seed, one) === id);
  return name === undefined ? world.rooms.find(({ key }) => roomId(seed, key) === id) : { name };
}

export function contactOf(seed: string, name: string): object {
  return {
    Uin: 0,
    UserName: personId(seed, name),
    NickName: name,
    MemberCount: 0,
    MemberList: [],
    VerifyFlag: 0,
    ContactFlag: 3,
  };
}

/** As the first look shows a room, without its members, or as a look at this room shows it. */
export function roomOf(seed: string, { key, topic, members }: FakeRoom, withMembers: boolean): object {
  const list = members.map(({ name, card }) => ({
    Uin: 0,
    UserName: personId(seed, name),
    NickName: name,
    DisplayName: card ?? '',
  }));
  return {
    Uin: 0,
    UserName: roomId(seed, key),
    NickName: topic,
    MemberCount: withMembers ? list.length : 0,
    MemberList: withMembers ? list : [],
    EncryChatRoomId: withMembers ? `@${hex(`${seed} encrypted ${key}`).slice(0, 32)}` : '',
    VerifyFlag: 0,
    ContactFlag: 2,
  };
}
