/**
 * Who is an admin: 绑定 with the code of the log, 管理员 to name others, to list and to remove them.
 *
 * In: a code or a mention. Out: admins of this login. A name counts only where it means exactly one member of the room.
 */
import type { Member } from '../../chat/chat.js';
import { memberReplies } from '../../reply/texts.js';
import type { Bound } from '../admission.js';
import type { Desk } from '../desk.js';
import { byAdmins, type Call, type Command, never, type Outcome, refuse, say } from './command.js';
import { word } from './words.js';

const RESULTS: Readonly<Record<Bound, string>> = {
  bound: 'done',
  already: 'refused: is one already',
  wrong: 'refused: wrong code',
  locked: 'refused: locked after wrong codes',
  expired: 'refused: the code is too old, a new one is in the log',
  'not needed': 'refused: there is an admin',
};

export const adminCommands: readonly Command[] = [
  {
    name: '绑定',
    read: ({ words }) => /^绑定[ :]*(?:(?:code|验证码)[ :]*)?(\d[\d ]{0,30})$/.exec(words)?.[1]?.replaceAll(' ', ''),
    who: 'everybody',
    where: 'direct',
    uncalled: never,
    isSecret: true,
    run({ message, argument }, { admission }) {
      const bound = admission.bind(message.sender, argument);
      return { bubbles: [memberReplies.bound[bound]], result: RESULTS[bound] };
    },
  },
  {
    name: '管理员',
    read: word('管理员'),
    who: 'admin',
    where: 'both',
    uncalled: byAdmins,
    help: '管理员：看有谁；在群里 管理员 加 @某人、管理员 减 @某人',
    run: (_, { state, chat }) => say(memberReplies.admins(adminsOf({ state, chat }).map(({ name }) => name))),
  },
  { ...changing('加'), run: add },
  { ...changing('减'), run: remove },
];

/** Without blanks only before a mention: 管理员加班 and 管理员减少 are words of a sentence. */
function changing(way: '加' | '减'): Omit<Command, 'run'> {
  const pattern = new RegExp(`^管理员(?:\\s*${way}\\s*(?=[@＠])|\\s+${way}\\s+)(.+)$`);
  const name = `管理员 ${way}`;
  return { name, read: ({ text }) => pattern.exec(text)?.[1], who: 'admin', where: 'room', uncalled: byAdmins };
}

function adminsOf({ state, chat }: Pick<Desk, 'state' | 'chat'>) {
  const me = chat.me();
  return me === undefined ? [] : state.admins.of(me.id);
}

async function add({ message, argument }: Call, desk: Desk): Promise<Outcome> {
  const [person, refusal] = await onlyMember(message.room?.id, argument, desk);
  const me = desk.chat.me();
  if (person === undefined || me === undefined) return refusal;
  if (person.id === me.id) return refuse('the bot itself', memberReplies.notMyself);
  if (desk.admission.isAdmin(person.id)) return refuse('is one already', memberReplies.isAdmin(nameOf(person)));
  const act = { login: me.id, contact: person.id, name: nameOf(person) };
  desk.state.admins.add({ ...act, since: desk.clock(), by: message.sender.name });
  return say(memberReplies.adminAdded(nameOf(person)));
}

async function remove({ message, argument }: Call, desk: Desk): Promise<Outcome> {
  const [person, refusal] = await onlyMember(message.room?.id, argument, desk);
  const me = desk.chat.me();
  if (person === undefined || me === undefined) return refusal;
  // Without any the next stranger who reads the log would be the only one.
  if (adminsOf(desk).length === 1) return refuse('the last one', memberReplies.lastAdmin);
  if (!desk.state.admins.remove(me.id, person.id)) return refuse('is none', memberReplies.isNoAdmin(nameOf(person)));
  return say(memberReplies.adminRemoved(nameOf(person)));
}

/** The one member of a room who goes by a name; if there is none, or there are several, why nothing is done. */
async function onlyMember(
  room: string | undefined,
  mention: string,
  { chat }: Desk,
): Promise<readonly [Member | undefined, Outcome]> {
  const name = mention.replace(/^[@＠]/, '').trim();
  const members = room === undefined ? undefined : await chat.members(room);
  if (members === undefined) return [undefined, refuse('the members are not known', memberReplies.membersUnknown)];
  const called = members.filter((member) => tidyName(member.name) === name || tidyName(member.groupNickname) === name);
  const [only] = called;
  if (only === undefined) return [undefined, refuse('nobody of this name', memberReplies.nobodyCalled(name))];
  if (called.length > 1) return [undefined, refuse('several of this name', memberReplies.severalCalled(name))];
  return [only, say()];
}

/** As the blanks of what was said are tidied. */
function tidyName(name = ''): string {
  return name.replace(/\s+/g, ' ').trim();
}

function nameOf({ name, groupNickname }: Member): string {
  return groupNickname ?? name;
}
