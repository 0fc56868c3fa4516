/**
 * The bot as a member of WeChat groups.
 *
 * In: settings, the knowledge, how often it was started before. Out: the exit code of exit-codes.ts, when it was told to stop
 * or the session is lost. What was heard is on disk then.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Knowledge } from '../knowledge/index.js';
import type { Raise } from './alerts.js';
import type { LiveArchive } from './capture.js';
import { conditionOf } from './chat/liveness.js';
import { isDeadSync, prepareWechat } from './chat/wechat.js';
import { wechatyChat } from './chat/wechaty-chat.js';
import { BROKEN, ENDED_WELL, RESTART } from './exit-codes.js';
import { openHealthPort } from './health.js';
import { localTime } from './local-time.js';
import { createMeters } from './meters.js';
import { groupPace } from './pace.js';
import { reasonOf } from './reason.js';
import { type Service, serve } from './serve.js';
import type { Settings } from './settings.js';
import type { State } from './state/state.js';
import { watchArchive } from './watch.js';

export interface LiveOptions {
  readonly settings: Settings;
  readonly puppet: string;
  readonly knowledge: Knowledge;
  readonly state: State;
  readonly alert: Raise;
  /** How often the supervisor has started the bot again. */
  readonly restarts: number;
  /** Aborted when the bot is to end. */
  readonly stopped: AbortSignal;
  /** Calls back whenever the archive is to be read again. */
  readonly onReload: (call: () => void) => void;
  /** Ends the process within this very call. */
  readonly exit: (code: number) => void;
  /** Shows a QR code. */
  readonly show: (text: string) => void;
  readonly log: Logger;
}

/** The session is looked at so often, ms. */
const CHECKED_EVERY = 15_000;
/** The disk gets this long at the end, ms. */
const LAST_WORDS = 3_000;

/** Rejects with RefusedError, PuppetError or PortError, whose sentences say what to do. */
export async function live(options: LiveOptions): Promise<number> {
  const { settings, puppet, knowledge, state, alert, restarts, stopped, exit, onReload, show, log } = options;
  const clock = Date.now;
  const { notebook } = state;
  let finish: (code: number) => void = () => undefined;
  let refuse: (error: Error) => void = () => undefined;
  const ended = new Promise<number>((resolve, reject) => {
    finish = resolve;
    refuse = reject;
  });
  let loggedIn: number | undefined;
  let service: Service | undefined;
  let ending = false;

  const end = async (code: number): Promise<void> => {
    if (ending) return;
    ending = true;
    // Before a login nothing was heard, and the client is about to throw its own login away: it gets no time to.
    if (loggedIn === undefined) exit(code);
    await Promise.race([service?.flush(), sleep(LAST_WORDS)]);
    finish(code);
  };
  const lost = (reason: string) => {
    if (!ending) log.fatal({ reason }, 'the session is lost; exiting to be restarted');
    void end(RESTART);
  };
  const broken = (error: unknown) => {
    const reason = reasonOf(error);
    log.fatal({ reason }, 'something nobody foresaw; exiting to be restarted');
    void end(isDeadSync(reason) ? RESTART : BROKEN);
  };
  const stop = () => void end(ENDED_WELL);
  const rejected = (error: unknown) => {
    const reason = reasonOf(error);
    if (isDeadSync(reason)) lost(reason);
    else log.error({ reason }, 'something went wrong in the chat');
  };
  process.on('uncaughtException', broken);
  process.on('unhandledRejection', rejected);
  stopped.addEventListener('abort', stop);

  const condition = () =>
    conditionOf({ loggedIn, lastContact: chat.lastContact?.(), lastHeard: notebook.read().lastHeard }, clock());
  const { bot, start } = await prepareWechat({
    ...{ puppet, dataDir: settings.dataDir, log, show },
    onQrCode: () => void alert('QR code needed', 'the bot is not logged in: its QR code must be scanned with the phone'),
    onLogin() {
      loggedIn = clock();
      const login = chat.me()?.id;
      if (login !== undefined) notebook.change(() => ({ login }));
      void service?.loggedIn();
    },
    onRooms() {
      void service?.checkRooms();
      service?.startDigests();
    },
    onLost: lost,
    onRefused: refuse,
  });
  const chat = wechatyChat(bot, { botNames: settings.botNames, log });
  const queue = () => service?.waiting() ?? 0;
  const online = () => /well|quiet/.test(condition());
  const archiveMessages = () => knowledge.summary().messages;
  const lastHeard = () => notebook.read().lastHeard;
  const meters = createMeters({ archiveMessages, queue, lastHeard, restarts: () => restarts, online });
  const archive = archiveToWriteTo(settings, knowledge, log);
  service = serve({
    ...{ chat, knowledge, state, clock, meters, alert, log },
    ...(archive ? { archive } : {}),
    roomMap: settings.roomMap,
    rooms: settings.rooms,
    pace: groupPace(settings.sendPause),
    dailyCap: settings.dailyCap,
    digest: settings.digest,
    zone: settings.zone,
    local: localTime(settings.zone),
  });

  onReload(() => void service?.reload('signal'));
  const watch = settings.watch
    ? watchArchive({ archive: settings.archive, onChange: () => void service?.reload('changed files'), log })
    : undefined;
  const check = () => {
    const now = condition();
    if (now === 'well') notebook.change(() => ({ lastAlive: chat.lastContact?.() ?? clock() }));
    if (now === 'quiet') void alert('online but silent', 'the bot is logged in, but nobody has said anything for many hours');
    if (now !== 'deaf') return;
    const text = 'the bot is logged in, but the server does not answer it any more; it is started again';
    void alert('online but silent', text).then(() => lost('the server does not answer any more'));
  };
  const timer = setInterval(check, CHECKED_EVERY);
  const health = () => {
    const heard = lastHeard();
    const last = heard === undefined ? {} : { lastMessage: new Date(heard).toISOString() };
    return { online: online(), ...last, archiveMessages: archiveMessages(), queue: queue(), restarts };
  };
  const port = settings.httpPort === undefined ? undefined : await openHealthPort(settings.httpPort, health, meters);
  try {
    if (stopped.aborted) return ENDED_WELL;
    await start();
    return await ended;
  } finally {
    clearInterval(timer);
    port?.close();
    await watch?.close();
    process.off('uncaughtException', broken).off('unhandledRejection', rejected);
    stopped.removeEventListener('abort', stop);
  }
}

/** The sample belongs to the project: nobody's talk is written there. */
function archiveToWriteTo({ isSample }: Settings, knowledge: Knowledge, log: Logger): LiveArchive | undefined {
  if (!isSample) return knowledge;
  log.warn('ARCHIVE is not set: the bot answers from the sample and keeps nothing of what it hears');
  return undefined;
}
