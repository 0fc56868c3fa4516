/**
 * What people do in the fake WeChat -> messages in the wire form of `webwxsync`.
 *
 * In: who, where, what. Out: an entry of `AddMsgList`; text is escaped as the real server escapes it.
 */
import { type FakeRoom, personId, roomId } from './world.js';

export const MSG = { text: 1, image: 3, voice: 34, app: 49, status: 51, system: 10000, recalled: 10002 } as const;

export type Said = {
  readonly id: string;
  /** Unix time, s. */
  readonly at: number;
  readonly by: string;
  /** Absent: to the bot alone. */
  readonly room?: FakeRoom;
} & Content;

export type Content =
  | { readonly text: string }
  | { readonly image: true }
  | { readonly voice: true }
  | { readonly file: string }
  | { readonly link: { readonly title: string; readonly url: string } }
  /** A reply made with the phone's own "quote". */
  | { readonly reply: string; readonly to: { readonly name: string; readonly text: string } }
  /** Takes back the message with this id. */
  | { readonly recalls: string }
  /** A grey line in the room that nobody wrote. */
  | { readonly notice: string };

export function escapeWire(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br/>');
}

/** @param me the bot's id in this login */
export function wireMessage(seed: string, me: string, said: Said): object {
  const sender = personId(seed, said.by);
  const room = said.room && roomId(seed, said.room.key);
  const { type, body, ...more } = contentOf(said);
  const fromRoom = room !== undefined && sender !== me;
  return {
    MsgId: said.id,
    NewMsgId: Number(said.id),
    FromUserName: fromRoom ? room : sender,
    ToUserName: fromRoom || room === undefined ? me : room,
    MsgType: type,
    Content: fromRoom && !('notice' in said) ? `${sender}:<br/>${body}` : body,
    CreateTime: said.at,
    Status: 3,
    StatusNotifyUserName: '',
    StatusNotifyCode: 0,
    RecommendInfo: {},
    AppInfo: { AppID: '', Type: 0 },
    AppMsgType: 0,
    FileName: '',
    FileSize: '',
    MediaId: '',
    Url: '',
    SubMsgType: 0,
    VoiceLength: 0,
    PlayLength: 0,
    ...more,
  };
}

function contentOf(content: Content): { readonly type: number; readonly body: string; readonly [field: string]: unknown } {
  if ('text' in content) return { type: MSG.text, body: escapeWire(content.text) };
  if ('image' in content) return { type: MSG.image, body: escapeWire('<msg><img length="1" /></msg>') };
  if ('voice' in content) return { type: MSG.voice, body: escapeWire('<msg><voicemsg voicelength="2000" /></msg>') };
  if ('notice' in content) return { type: MSG.system, body: escapeWire(content.notice) };
  if ('recalls' in content) return { type: MSG.recalled, body: escapeWire(recall(content.recalls)) };
  if ('file' in content) {
    return {
      type: MSG.app,
      body: escapeWire(app(6, content.file, '')),
      AppMsgType: 6,
      FileName: content.file,
      MediaId: '@media',
    };
  }
  if ('link' in content) {
    const { title, url } = content.link;
    return { type: MSG.app, body: escapeWire(app(5, title, url)), AppMsgType: 5, FileName: title, Url: url };
  }
  const { name, text } = content.to;
  const refer = `<refermsg><type>1</type><svrid>1</svrid><displayname>${escapeWire(name)}</displayname><content>${escapeWire(text)}</content></refermsg>`;
  return { type: MSG.app, body: escapeWire(app(57, content.reply, '', refer)), AppMsgType: 57, FileName: content.reply };
}

function app(type: number, title: string, url: string, more = ''): string {
  return `<?xml version="1.0"?><msg><appmsg appid="" sdkver="0"><title>${escapeWire(title)}</title><des></des><type>${type}</type><url>${escapeWire(url)}</url><appattach><totallen>10</totallen><attachid></attachid><fileext>pdf</fileext></appattach>${more}</appmsg><fromusername></fromusername></msg>`;
}

/** As captured from the web client: `msgid` is what `MsgId` was; `newmsgid` stands in newer ones only, with the same number. */
function recall(id: string): string {
  return `<sysmsg type="revokemsg"><revokemsg><session>room</session><oldmsgid>1</oldmsgid><msgid>${id}</msgid><newmsgid>${id}</newmsgid><replacemsg><![CDATA["somebody" 撤回了一条消息]]></replacemsg></revokemsg></sysmsg>`;
}
