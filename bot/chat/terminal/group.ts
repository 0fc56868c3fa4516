/**
 * A group with invented members, made of the real Wechaty and its mock puppet: what is said here takes the same way to the
 * bot as in WeChat.
 *
 * In: who says what. Out: a Chat for the bot, and every message of the group for the screen.
 */
import type { EventEmitter } from 'node:events';
import type { Logger } from 'pino';
import { WechatyBuilder, log as wechatyLog } from 'wechaty';
import { mock, PuppetMock } from 'wechaty-puppet-mock';
import { kindLabels } from '../../reply/texts.js';
import type { Chat } from '../chat.js';
import { wechatyChat } from '../wechaty-chat.js';

/** After this long something is broken, ms; the screen must not hang for ever. */
const BOT_IS_STUCK = 60_000;

export interface GroupMessage {
  readonly name: string;
  readonly text: string;
  readonly byBot: boolean;
  /** Said in a direct chat with this member. */
  readonly privatelyTo?: string;
}

export interface TerminalGroup {
  readonly chat: Chat;
  /** Everybody but the bot. */
  members(): readonly string[];
  /** The chat's id of a member. */
  idOf(name: string): string | undefined;
  /** Has a member say something (a new name joins first); fulfilled when the bot has dealt with it. */
  say(name: string, text: string): Promise<void>;
  /** Calls back for every message of the group, the bot's included, in order, and for what the bot says in direct chats. */
  watch(listener: (message: GroupMessage) => void): void;
  leave(): Promise<void>;
}

export interface TerminalGroupOptions {
  readonly topic: string;
  readonly botName: string;
  readonly botNames: readonly string[];
  readonly members: readonly string[];
  readonly log: Logger;
}

export async function openTerminalGroup({
  topic,
  botName,
  botNames,
  members,
  log,
}: TerminalGroupOptions): Promise<TerminalGroup> {
  // Its lines would run through the conversation on the screen.
  wechatyLog.level('silent');
  const mocker = new mock.Mocker();
  const bot = WechatyBuilder.build({ puppet: new PuppetMock({ mocker }) });
  bot.on('error', (error) => log.warn({ reason: error.message }, 'the chat reports a fault'));
  await bot.start();

  const me = mocker.createContact({ name: botName });
  const people = new Map(members.map((name) => [name, mocker.createContact({ name })]));
  const room = mocker.createRoom({ topic, memberIdList: [me.id, ...[...people.values()].map((person) => person.id)] });
  mocker.login(me);

  // The mock's types hide that a room emits events.
  const events = room as unknown as EventEmitter;
  const dealtWith = new Map<string, () => void>();
  const watchers: ((message: GroupMessage) => void)[] = [];
  const real = wechatyChat(bot, { botNames, log });
  const chat: Chat = {
    ...real,
    async send(to, content) {
      await real.send(to, content);
      if (!('person' in to)) return;
      const [privatelyTo = ''] = [...people].find(([, { id }]) => id === to.person) ?? [];
      const text = typeof content === 'string' ? content : kindLabels.image;
      for (const watcher of watchers) watcher({ name: botName, text, byBot: true, privatelyTo });
    },
    listen: (listener) =>
      real.listen({
        ...listener,
        message: (message) => listener.message(message).finally(() => dealtWith.get(message.id)?.()),
      }),
  };

  return {
    chat,
    members: () => [...people.keys()],
    idOf: (name) => people.get(name)?.id,
    watch(listener) {
      watchers.push(listener);
      events.on('message', (message: mock.MessageMock) => {
        const speaker = message.talker();
        listener({
          name: speaker.payload.name,
          text: message.text() ?? '',
          byBot: speaker.id === me.id,
        });
      });
    },
    async say(name, text) {
      const person = people.get(name) ?? mocker.createContact({ name });
      if (!people.has(name)) {
        people.set(name, person);
        room.add(person).by(person);
      }
      let id = '';
      events.once('message', (message: mock.MessageMock) => {
        id = message.id;
      });
      // The message is made at once, its delivery to the bot comes later.
      person.say(text).to(room);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, BOT_IS_STUCK);
        dealtWith.set(id, () => {
          clearTimeout(timer);
          resolve();
        });
      });
      dealtWith.delete(id);
    },
    leave: () => bot.stop(),
  };
}
