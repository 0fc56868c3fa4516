/**
 * Logs in with the built edge to Wechaty and sends one picture and one text to the first room that says something.
 *
 * In: the data folder as argument. Out: "sent" when the server took both.
 */
import { pino } from 'pino';
import { prepareWechat } from '../../../dist/bot/chat/wechat.js';
import { wechatyChat } from '../../../dist/bot/chat/wechaty-chat.js';

const log = pino({ level: 'silent' });
const nothing = () => undefined;
const { bot, start } = await prepareWechat({
  puppet: 'wechaty-puppet-wechat4u',
  dataDir: process.argv[2],
  log,
  show: nothing,
  onQrCode: nothing,
  onLogin: nothing,
  onRooms: nothing,
  onLost: nothing,
  onRefused: nothing,
});
const chat = wechatyChat(bot, { botNames: [], log });
chat.listen({
  async message({ room, kind, text, sender }) {
    console.log(JSON.stringify({ kind, text, sender: sender.name, groupNickname: sender.groupNickname }));
    if (text !== '请发图') return;
    const picture = Uint8Array.from({ length: 1000 }, (_, i) => i % 256);
    await chat.send({ room: room.id }, { picture, name: 'digest.png' });
    await chat.send({ room: room.id }, '发完了');
    console.log('sent');
  },
  recalled: async ({ topic }, id) => console.log(JSON.stringify({ recalled: id, topic })),
  tooOften: () => console.log('too often'),
});
await start();
