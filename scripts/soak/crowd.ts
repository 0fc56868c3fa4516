/**
 * Two hundred people in ten rooms, on Wechaty's mock puppet.
 *
 * In: who says what where, with the id of the message. Out: a logged-in Wechaty that hears it.
 */
import { types, WechatyBuilder } from 'wechaty';
import type { WechatyInterface } from 'wechaty/impls';
import { mock, PuppetMock } from 'wechaty-puppet-mock';
import type { Delivery } from './member.js';

export const BOT = '群史';
export const ROOMS = 10;
export const PEOPLE = 200;
/** Room of the sample archive that may be read everywhere. */
const SAMPLE_ROOM = '造物工坊';

export interface Crowd {
  readonly bot: WechatyInterface;
  readonly roomMap: ReadonlyMap<string, readonly string[]>;
  say(delivery: Delivery): void;
}

/** A payload is asked for while the message is read, and soon after it never again. */
const PAYLOADS_KEPT = 5_000;

export async function openCrowd(): Promise<Crowd> {
  const mocker = new mock.Mocker();
  const puppet = new PuppetMock({ mocker });
  const bot = WechatyBuilder.build({ puppet });
  bot.on('error', () => undefined);
  await bot.start();
  const me = mocker.createContact({ id: 'me', name: BOT });
  const people = Array.from({ length: PEOPLE }, (_, i) => mocker.createContact({ id: `person-${i}`, name: `成员${i}` }));
  const memberIdList = [me.id, ...people.map(({ id }) => id)];
  const topics = Array.from({ length: ROOMS }, (_, i) => `群${i}`);
  for (const [i, topic] of topics.entries()) mocker.createRoom({ id: `room-${i}@chatroom`, topic, memberIdList });
  mocker.login(me);

  return {
    bot,
    // What is said goes to the room of its own, the first; questions are answered from the sample too.
    roomMap: new Map(topics.map((topic) => [topic, [topic, SAMPLE_ROOM]])),
    say({ id, room, person, text, at }) {
      const payloads = mocker.cacheMessagePayload;
      payloads.set(id, {
        ...{ id, text, roomId: `room-${room}@chatroom`, talkerId: `person-${person}`, timestamp: at },
        type: types.Message.Text,
        mentionIdList: [],
      });
      // The mock keeps them for ever, which would look like a leak of the bot.
      const [oldest] = payloads.keys();
      if (payloads.size > PAYLOADS_KEPT && oldest !== undefined) payloads.delete(oldest);
      puppet.emit('message', { messageId: id });
    },
  };
}
