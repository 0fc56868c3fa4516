/**
 * A message from the chat -> the line of ChatLab JSONL that it is kept as, and the file that the line belongs into.
 *
 * Pure. One file a room and local day: `<room>/live/YYYY-MM-DD.jsonl`. What is read back from the line is the message as any
 * transcript has it, a quotation in front of its text.
 */
import { idOfLogin } from '../../people/logins.js';
import type { LiveMessage, QuotedMessage } from '../../types.js';
import { LATEST, RECALL, typeOfKind } from '../formats/chatlab.js';
import { folderOfRoom } from '../room-folders.js';
import type { WallClock } from '../wall-clock.js';

/** Relative to the archive. */
export function liveFile({ room, at }: Pick<LiveMessage, 'room' | 'at'>, clock: WallClock): string {
  return `${folderOfRoom(room)}/live/${clock.local(1000 * secondsOf(at)).date}.jsonl`;
}

export function isLiveFile(file: string): boolean {
  return /^[^/]+\/live\/\d{4,}-\d{2}-\d{2}\.jsonl$/.test(file);
}

/** The first line of a file; `now` in UTC ms. */
export function headerLine(room: string, now: number): string {
  const chatlab = { version: '0.0.2', exportedAt: secondsOf(now), generator: 'qunshi' };
  return JSON.stringify({ _type: 'header', chatlab, meta: { name: room, platform: 'wechat', type: 'group' } });
}

/** `login` tells the logins of a chat apart, see {@link idOfLogin}. */
export function messageLine(message: LiveMessage, login: string): string {
  const { name, groupNickname, kind, text, quoted } = message;
  return JSON.stringify({
    _type: 'message',
    sender: idOfLogin(login, message.sender),
    accountName: name,
    ...(groupNickname === undefined ? {} : { groupNickname }),
    timestamp: secondsOf(message.at),
    type: typeOfKind(kind),
    content: withQuotation(text, quoted),
    platformMessageId: message.id,
    // To other readers it is a text like any other.
    ...(kind === 'bot' ? { bot: true } : {}),
  });
}

/** As people see it, and as most exports have it. */
export function withQuotation(text: string, quoted: QuotedMessage | undefined): string {
  return quoted ? `「${quoted.name}：${quoted.text}」\n- - - - - - - - - - - - - - -\n${text}` : text;
}

/** What stays of a line whose message was taken back: when it was and which one, so that it is not taken in a second time. */
export function recalledLine(line: string): string {
  const { sender, timestamp, platformMessageId } = JSON.parse(line) as Record<string, unknown>;
  return JSON.stringify({ _type: 'message', sender, timestamp, type: RECALL, content: '', platformMessageId });
}

/** Whether a line is the message with this id. */
export function isLineOf(line: string, id: string): boolean {
  if (!line.includes('"message"')) return false;
  try {
    const { _type, platformMessageId } = JSON.parse(line) as Record<string, unknown>;
    return _type === 'message' && String(platformMessageId) === id;
  } catch {
    return false;
  }
}

/** s, within what the format can say. */
export function secondsOf(at: number): number {
  return Number.isNaN(at) ? 0 : Math.min(LATEST, Math.max(0, Math.floor(at / 1000)));
}
