/**
 * The terminal group as a program: opens it, lets the bot in, and talks.
 *
 * In: what is loaded, who speaks, the streams. Out: an exit code: 0, or 1 if the one thing to say got no reply.
 */
import type { Logger } from 'pino';
import type { Figures, Knowledge } from '../../../knowledge/index.js';
import { archiveRoomsOf, type RoomMap } from '../../conversation/rooms.js';
import { terminal } from '../../reply/texts.js';
import type { Chat, Member } from '../chat.js';
import { openTerminalGroup } from './group.js';
import { runSession, showGroup, type Terminal } from './session.js';

export interface TerminalOptions extends Terminal {
  /** Say only this and end. */
  readonly say?: string;
  readonly as?: string;
  readonly room?: string;
  readonly botNames: readonly string[];
  readonly knowledge: Pick<Knowledge, 'figures' | 'summary'>;
  readonly roomMap: RoomMap;
  readonly isSample: boolean;
  readonly log: Logger;
  /** Lets the bot into the chat. `owner` is the member the user speaks for. */
  readonly attach: (chat: Chat, owner: Member) => void;
}

const DAY = 86_400_000;

export async function runTerminal(options: TerminalOptions): Promise<number> {
  const { knowledge, botNames, log, input, output } = options;
  const [onlyRoom, ...others] = knowledge.summary().rooms;
  const usual = onlyRoom !== undefined && others.length === 0 ? onlyRoom : terminal.room;
  const topic = options.room ?? (options.isSample ? terminal.sampleRoom : usual);
  const you = options.as ?? terminal.members[0];
  const members = [...new Set([you, ...terminal.members])];
  const group = await openTerminalGroup({ topic, botName: terminal.bot, botNames, members, log });
  options.attach(group.chat, { id: group.idOf(you) ?? '', name: you });
  try {
    if (options.say === undefined) {
      await runSession({ group, you, welcome: welcome(topic, options) }, { input, output });
      return 0;
    }
    let replied = false;
    group.watch(({ byBot }) => {
      replied ||= byBot;
    });
    showGroup(group, output);
    await group.say(you, options.say);
    if (!replied) output.write(`${terminal.noReply}\n`);
    return replied ? 0 : 1;
  } finally {
    await group.leave();
  }
}

/** Counted is what may be read in this group, as in 状态. */
function welcome(topic: string, { knowledge, roomMap, isSample }: TerminalOptions): readonly string[] {
  const { rooms: archive, warnings } = knowledge.summary();
  const rooms = archiveRoomsOf({ id: '', topic }, { live: [], archive, map: roomMap, alone: true }) ?? [];
  const figures = knowledge.figures({ rooms });
  return [
    terminal.welcome(topic),
    terminal.archive(figures, rooms, daysOf(figures), isSample) + (warnings.length > 0 ? terminal.faults(warnings.length) : ''),
    ...(isSample ? terminal.sampleQuestions.map(terminal.tryAsking) : [terminal.tryAskingYourOwn]),
  ];
}

function daysOf({ firstDate, lastDate }: Figures): number {
  return firstDate === undefined || lastDate === undefined ? 0 : (Date.parse(lastDate) - Date.parse(firstDate)) / DAY + 1;
}
