/**
 * Logs a real account in and keeps watch over the session.
 *
 * In: the puppet's npm name and the folder for its login. Out: a Wechaty, to be listened to and then started. Whoever runs
 * it ends the process when `onDead` is called; the supervisor's restart brings the session back without a new QR code.
 */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import qrcode from 'qrcode-terminal';
import { ScanStatus, WechatyBuilder, log as wechatyLog } from 'wechaty';
import type { WechatyInterface } from 'wechaty/impls';
import { reasonOf } from '../reason.js';
import { replies } from '../reply/texts.js';

export interface WechatOptions {
  readonly puppet: string;
  readonly dataDir: string;
  readonly log: Logger;
  /** Shows a QR code to who is to scan it. */
  readonly show: (text: string) => void;
  /** The session is beyond repair within this process. */
  readonly onDead: (reason: string) => void;
}

/** The puppet cannot be used at all; the message says what to do, in one sentence. */
export class PuppetError extends Error {}

/**
 * What Web WeChat says when it has lost the server. It tries to reconnect by itself, but is then deaf for minutes and blind
 * to the members of every room; a new process is well again within seconds.
 */
const DEAD_SYNC = /连续\d+次同步失败|状态同步超过|重启时网络错误|must logout first/;

export function isDeadSync(reason: string): boolean {
  return DEAD_SYNC.test(reason);
}

export interface Wechat {
  readonly bot: WechatyInterface;
  /** @throws PuppetError */
  start(): Promise<void>;
}

export async function prepareWechat({ puppet, dataDir, log, show, onDead }: WechatOptions): Promise<Wechat> {
  // Wechaty's own log writes to the screen and, on some errors, the session's secrets.
  wechatyLog.level('silent');
  const bot = WechatyBuilder.build({ name: await memoryCard(dataDir), puppet: puppet as 'wechaty-puppet-wechat4u' });

  let shown = '';
  let logins = 0;
  bot.on('scan', (link, status) => {
    if (status !== ScanStatus.Waiting || link === '' || link === shown) return;
    shown = link;
    qrcode.generate(link, { small: true }, (drawing) => show(`${drawing}\n${replies.scan(link)}\n`));
  });
  bot.on('login', (user) => {
    log.info({ name: user.name() }, 'logged in');
    logins += 1;
    // After a second login the rooms and people of the first one are still there, under dead ids.
    if (logins > 1) onDead('logged in again');
  });
  bot.on('logout', (_user, reason) => onDead(`logged out${reason ? `: ${reason}` : ''}`));
  bot.on('error', (error) => {
    log.warn({ reason: error.message }, 'the chat reports a fault');
    if (isDeadSync(error.message)) onDead(error.message);
  });

  return { bot, start: () => start(bot, puppet) };
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
