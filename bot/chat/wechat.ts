/**
 * Logs a real account in and keeps watch over the session.
 *
 * In: the puppet's npm name and the folder for its login. Out: a Wechaty, to be listened to and then started. Whoever runs
 * it ends the process when `onLost` is called; the supervisor's restart brings the session back without a new QR code.
 */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import qrcode from 'qrcode-terminal';
import { ScanStatus, WechatyBuilder, log as wechatyLog } from 'wechaty';
import type { WechatyInterface } from 'wechaty/impls';
import { reasonOf } from '../reason.js';
import { replies } from '../reply/texts.js';
import { disarmKillSwitch, spareMentions } from './capabilities.js';

export interface WechatOptions {
  readonly puppet: string;
  readonly dataDir: string;
  readonly log: Logger;
  /** Shows a QR code to who is to scan it. */
  readonly show: (text: string) => void;
  readonly onQrCode: () => void;
  readonly onLogin: () => void;
  /** The list of rooms is complete. Not every puppet says so. */
  readonly onRooms: () => void;
  /** The session is beyond repair within this process. */
  readonly onLost: (reason: string) => void;
  /** WeChat does not let this account in. */
  readonly onRefused: (error: RefusedError) => void;
}

/** The puppet cannot be used at all; the message says what to do, in one sentence. */
export class PuppetError extends Error {}

/** The account may not use the web; the message says what to do. */
export class RefusedError extends Error {}

/**
 * What Web WeChat says when it has lost the server, or the phone has ended the session (1101). It tries to reconnect by itself, but is then deaf for minutes and blind
 * to the members of every room; a new process is well again within seconds.
 */
const DEAD_SYNC = /连续\d+次同步失败|状态同步超过|重启时网络错误|must logout first|\b1101 == 0\b/;
/**
 * A server in trouble, or none to be reached, before the login. With a login to restore, the client would log out and forget
 * it though it is still good; without one it would try again some hundred times a second.
 */
const TROUBLE_AT_START = /status code 5\d\d|\bE(CONN|HOST|NET|NOTFOUND|AI_AGAIN|TIMEDOUT)|socket hang up|timeout of \d+/;
/** What is left of the reason when an account is refused: the client throws WeChat's own words away. */
const REFUSED = /already logout|\b\d+ == 0\b/;

export function isDeadSync(reason: string): boolean {
  return DEAD_SYNC.test(reason);
}

export interface Wechat {
  readonly bot: WechatyInterface;
  /** @throws PuppetError */
  start(): Promise<void>;
}

export async function prepareWechat(options: WechatOptions): Promise<Wechat> {
  const { puppet, dataDir, log, show, onQrCode, onLogin, onRooms, onLost, onRefused } = options;
  // Wechaty's own log writes to the screen and, on some errors, the session's secrets.
  wechatyLog.level('silent');
  const bot = WechatyBuilder.build({ name: await memoryCard(dataDir), puppet: puppet as 'wechaty-puppet-wechat4u' });

  let shown = '';
  let logins = 0;
  let confirmed = false;
  bot.on('scan', (link, status) => {
    if (status === ScanStatus.Scanned) confirmed = true;
    if (status !== ScanStatus.Waiting || link === '' || link === shown) return;
    shown = link;
    confirmed = false;
    onQrCode();
    qrcode.generate(link, { small: true }, (drawing) => show(`${drawing}\n${replies.scan(link)}\n`));
  });
  bot.on('login', (user) => {
    log.info({ name: user.name() }, 'logged in');
    logins += 1;
    // After a second login the rooms and people of the first one are still there, under dead ids.
    if (logins > 1) onLost('logged in again');
    else onLogin();
  });
  bot.on('ready', onRooms);
  bot.on('logout', (_user, reason) => onLost(`logged out${reason ? `: ${reason}` : ''}`));
  bot.on('error', ({ message }) => {
    log.warn({ reason: message }, 'the chat reports a fault');
    if (isDeadSync(message) || (logins === 0 && TROUBLE_AT_START.test(message))) onLost(message);
    else if (logins === 0 && confirmed && REFUSED.test(message)) onRefused(new RefusedError(refusal(puppet, message)));
  });

  return { bot, start: () => start(bot, puppet) };
}

function refusal(puppet: string, reason: string): string {
  return (
    `WECHATY_PUPPET: WeChat does not let this account log in through ${puppet} (${reason}); use an account that is ` +
    'verified with a real name and older than half a year, with the phone in the same network, or try again in some hours'
  );
}

async function start(bot: WechatyInterface, puppet: string): Promise<void> {
  const ours = process.listeners('uncaughtException');
  try {
    await bot.start();
  } catch (error) {
    throw new PuppetError(
      (error as { readonly code?: unknown }).code === 'ERR_MODULE_NOT_FOUND'
        ? `WECHATY_PUPPET: ${puppet} is not installed; run "npm install ${puppet}" first`
        : `WECHATY_PUPPET: ${puppet} does not start: ${reasonOf(error)}`,
    );
  }
  disarmKillSwitch(bot);
  spareMentions(bot);
  // wechat4u brings a handler that prints the whole error, cookies included, and lets a broken process live on.
  for (const handler of process.listeners('uncaughtException')) {
    if (!ours.includes(handler)) process.removeListener('uncaughtException', handler);
  }
}

/** Name of the memory card for Wechaty. It is the login itself, and Wechaty would let every user of the machine read it. */
async function memoryCard(dataDir: string): Promise<string> {
  const name = join(dataDir, 'wechat');
  const file = `${name}.memory-card.json`;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  await writeFile(file, '{}', { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await chmod(file, 0o600);
  return name;
}
