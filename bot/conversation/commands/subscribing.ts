/**
 * 订阅: whoever got no answer is told when somebody in the room gives one.
 *
 * In: the command below an answer that found nothing. Out: a subscription in the state.
 */
import { memberReplies } from '../../reply/texts.js';
import { lives, PER_PERSON } from '../subscriptions.js';
import type { Command } from './command.js';
import { word } from './words.js';

export const subscribingCommands: readonly Command[] = [
  {
    name: '订阅',
    read: word('订阅'),
    who: 'everybody',
    where: 'room',
    uncalled: ({ shown }) => shown === 0,
    help: '订阅：没找到答案时说，以后群里有人回答了我就告诉你',
    run({ message, open }, { state, clock }) {
      const { room, sender } = message;
      if (room === undefined || open === undefined || open.shown > 0 || open.answer.question === '') {
        return { bubbles: [memberReplies.nothingToSubscribe] };
      }
      const own = state.subscriptions.all().filter((one) => one.contact === sender.id && lives(one, clock()));
      if (own.length >= PER_PERSON) return { bubbles: [memberReplies.tooManySubscriptions(PER_PERSON)] };
      const { question } = open.answer;
      const name = sender.groupNickname ?? sender.name;
      state.subscriptions.add({ room: room.topic, contact: sender.id, name, question, since: clock() });
      return { bubbles: [memberReplies.subscribed(question)] };
    },
  },
];
