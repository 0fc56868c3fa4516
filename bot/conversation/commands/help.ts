/**
 * 帮助: one bubble that says what the bot is for and which commands there are; an admin sees his own too.
 */
import { memberReplies, replies } from '../../reply/texts.js';
import { byReaders, type Command, never, say } from './command.js';
import { word } from './words.js';

/** @param commands all there are */
export function helpCommand(commands: () => readonly Command[]): Command {
  return {
    name: '帮助',
    read: word('帮助', 'help'),
    who: 'everybody',
    where: 'both',
    uncalled: byReaders,
    help: '帮助：看这份说明',
    run({ message, isAdmin }) {
      const elsewhere = message.room === undefined ? 'room' : 'direct';
      const lines = (who: Command['who']) =>
        commands().flatMap((one) => (one.who === who && one.where !== elsewhere && one.help ? [one.help] : []));
      const name = message.room && message.botNames[0];
      return say(memberReplies.help(name, lines('everybody'), isAdmin ? lines('admin') : []));
    },
  };
}

/** What a call means that only announces a question. */
export const LISTEN: Command = {
  name: '在',
  read: () => undefined,
  who: 'everybody',
  where: 'both',
  uncalled: never,
  run: ({ message }) => say(message.room === undefined ? replies.listening : replies.listeningInRoom),
};
