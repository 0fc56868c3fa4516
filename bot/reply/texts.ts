/**
 * Every Chinese text the bot or the terminal group shows to people, and nothing else.
 *
 * In: the few values a sentence needs. Out: the sentence. Length and layout are bubble.ts's and screen.ts's business.
 */
import type { AdditionFault, Figures, LoadProgress, LoadSummary, MeaningState, MessageKind } from '../../knowledge/index.js';
import type { DigestMark, DigestStep } from '../state/state.js';
import { clip, inOneLine } from './clip.js';

/** What 状态 tells; times as people read them. */
export interface StatusFigures {
  /** Of the rooms that the asker may read. */
  readonly figures: Figures;
  /** Undefined if there is to be no meaning model. */
  readonly meaning: MeaningState | undefined;
  readonly lastHeard: string | undefined;
  /** The latest ones, oldest first. */
  readonly gaps: readonly { readonly from: string; readonly to: string }[];
  /** The last one of the room. */
  readonly digest: Pick<DigestMark, 'window' | 'step'> | undefined;
  readonly version: string;
  /** Of the whole archive, and the replies that are not sent yet: for an admin's own eyes. */
  readonly whole?: {
    readonly files: number;
    readonly rooms: number;
    readonly doubles: number;
    readonly warnings: number;
    readonly queue: number;
    /** The last one of each room. */
    readonly digests: readonly Pick<DigestMark, 'room' | 'window' | 'step'>[];
  };
}

/** What stands for a message that has no words of its own. */
export const kindLabels: Readonly<Record<MessageKind, string>> = {
  text: '[空白]',
  image: '[图片]',
  link: '[链接]',
  emoji: '[表情]',
  file: '[文件]',
  voice: '[语音]',
  video: '[视频]',
  card: '[名片]',
  redpacket: '[红包]',
  system: '[系统消息]',
  empty: '[空白]',
  bot: '[群史]',
};

/** Replies in a chat. `name` is what the bot is called there. */
export const replies = {
  question: (question: string) => `「${question}」`,
  found: '群里聊过：',
  foundMore: '群里还聊过：',
  excerptHead: (number: number, when: string, people: number, messages: number, alike: number, room = '') =>
    `【${number}】${room === '' ? '' : `${room} · `}${when} · ${people} 人 ${messages} 条${alike > 0 ? ` · 同样的讨论还有 ${alike} 次` : ''}`,
  pageHead: (number: number, page: number, pages: number) => `【${number}】第 ${page}/${pages} 页`,
  quote: (speaker: string, when: string, text: string) => `${speaker} ${when}：${text}`,
  andMore: (messages: number) => (messages === 0 ? '' : `（还有 ${messages} 条）`),
  day: (date: string) => `—— ${date} ——`,
  howToOpen: (first: number, last: number) =>
    first === last ? `回复 ${first} 看整段对话` : `回复 ${first}～${last} 的数字看整段对话`,
  moreExcerpts: (left: number) => `，回复「更多」再看 ${left} 段`,
  moreMessages: (left: number) => `（后面还有 ${left} 条，回复「更多」接着看）`,
  restOfMessage: '（这条还没完，回复「更多」接着看）',
  threadEnd: '（这段对话到此为止）',
  nothingFound: '群里的聊天记录里没找到足够可靠的回答。换个说法，或者加上关键词再问一次试试。',
  /** There were filters and no words to look for. */
  nothingFits: '没有符合这些条件的消息。',
  nothingOpen: '现在没有可以接着看的内容（每次提问的结果保留 10 分钟）。请 @ 我再问一次。',
  noSuchExcerpt: (shown: number) => (shown === 1 ? '这次只有第 1 段。' : `目前只有第 1～${shown} 段，请回复其中一个数字。`),
  noMore: '没有更多了。',
  atTheStart: '已经是这段对话的开头了。',
  notReading: '还没有打开哪段对话，请先回复数字打开一段。',
  archiveChanged: '聊天记录刚刚更新过，请 @ 我再问一次。',
  listening: '请直接说问题。',
  listeningInRoom: '请直接说问题，一分钟之内不用再 @ 我。',
  noArchive: '这个群还没有对应的聊天记录，所以我答不了。请管理员在设置 ROOM_MAP 里指定。',
  scan: (link: string) => `请用手机微信扫描上面的二维码登录。看不清的话，用别的办法把这个链接变成二维码：\n${link}`,
  trouble: '刚才没能查完，请过一会儿再问一次。',
  slowDown: '问得有点快，我一分钟只答几次。请过一分钟再问，在那之前我先不出声。',
  /** A member whom the server has not introduced yet. */
  unnamed: '未知成员',
  unaskedNote: '（自动回复，回复「停」关闭）',
  unaskedOn: (perDay: number) =>
    `好，这个群里有人提问、一分钟没人回答、而聊天记录里有很可靠的答案时，我会自动引用一段，一天最多 ${perDay} 次。回复「停」关闭。`,
  unaskedOff: '好，没人 @ 我时我不再出声。',
  unaskedIs: (isOn: boolean) => (isOn ? '自动回复：开着。@我「自动 关」可以关掉。' : '自动回复：关着。@我「自动 开」可以打开。'),
  unaskedNeedsName: '这个群还没有名字，我记不住它的设置。请先给群起个名字。',
  status: ({ figures, meaning, lastHeard, gaps, digest, version, whole }: StatusFigures) =>
    [
      `聊天记录：${figures.messages} 条${figures.firstDate === undefined ? '' : `，${figures.firstDate} 至 ${figures.lastDate}`}`,
      ...(whole
        ? [`全部文件：${whole.rooms} 个群 ${whole.files} 个，重复 ${whole.doubles} 条，读不懂 ${whole.warnings} 处`]
        : []),
      `语义模型：${meaningStatus(meaning)}`,
      `最近听到的消息：${lastHeard ?? '还没有'}`,
      gaps.length === 0
        ? '掉线：没有记录'
        : `掉线（这些时间说的话我没听到）：\n${gaps.map((gap) => `${gap.from} 至 ${gap.to}`).join('\n')}`,
      ...(digest ? [`日报：${digest.window.split('/')[0]} ${digestSteps[digest.step]}`] : []),
      ...(whole?.digests ?? []).map(
        ({ room, window, step }) => `${inOneLine(room)} 的日报：${window.split('/')[0]} ${digestSteps[step]}`,
      ),
      ...(whole ? [`等着发送的回复：${whole.queue}`] : []),
      `版本：${version}`,
    ].join('\n'),
} as const;

/** The group in the terminal: its people, its small talk, its screen. */
export const terminal = {
  bot: '群史',
  room: '试用群',
  members: ['林舟', '老许', '阿哲', '苏禾'],
  /** What the members say to each other on /闲聊: nobody mentions the bot, so it stays silent. */
  smallTalk: [
    [
      ['老许', '中午谁一起吃面？'],
      ['阿哲', '我，十二点楼下见'],
    ],
    [
      ['苏禾', '我刚把会议室的空调修好了'],
      ['老许', '太好了，昨天热得没法开会'],
    ],
    [
      ['阿哲', '周五的分享谁来讲？'],
      ['苏禾', '轮到我了，讲讲上个月踩的坑'],
    ],
  ],
  welcome: (room: string) => `终端里的群「${room}」。群史记得群里说过的每句话。/帮助 看用法，/退出 离开`,
  archive: ({ firstDate, lastDate, messages, speakers }: Figures, rooms: readonly string[], days: number, isSample: boolean) =>
    messages === 0
      ? '聊天记录里还没有消息，它什么也答不上来'
      : `聊天记录：${firstDate} 至 ${lastDate}，${days} 天，${messages} 条，${speakers} 人（${isSample ? '虚构的示例' : rooms.join('、')}）`,
  faults: (count: number) => `，有 ${count} 处读不懂，详见日志`,
  sampleRoom: '造物工坊',
  sampleQuestions: ['PETG 打印拉丝怎么调？', '热熔铜螺母的孔留多大？', '无铅锡丝要多少度才熔？'],
  tryAsking: (question: string) => `试试：@群史 ${question}`,
  tryAskingYourOwn: '试试：@群史 加上你想问的问题',
  prompt: (name: string) => `${name}：`,
  said: (name: string, text: string) => `${name}：${text}`,
  youAre: (name: string) => `你现在是 ${name}。`,
  membersAre: (names: readonly string[], you: string) =>
    `群里有：${names.map((name) => (name === you ? `${name}（你）` : name)).join('、')}。输入「名字：要说的话」或「/我是 名字」就可以替别人说话。`,
  whoAreYou: '请写上名字，例如：/我是 老许',
  unknownCommand: (command: string) => `没有 ${command} 这个命令。/帮助 看用法。`,
  help: [
    '直接打字就是在群里说话；带上 @群史 就是问它，不带它就不出声。',
    '/成员　　看群里有谁',
    '/我是 名字　换一个人说话（新名字也行）；也可以直接写「老许：@群史 ……」',
    '/闲聊　　让别的成员聊两句',
    '开始时的你是管理员，管理员的命令也能试。这里说的话不收录，离开后什么也不留。',
    '/帮助　　看这份用法；对群史说「@群史 帮助」看它的命令',
    '/退出　　离开（Ctrl-C、Ctrl-D 也行）',
  ],
  privately: (bot: string, member: string) => `${bot}（私聊给 ${member}，别人看不到）`,
  noReply: '（群史没有回复：要带上 @群史 它才出声。）',
  bye: '再见。',
} as const;

/** What the progress bar says while the archive is loaded. */
export const loading: Readonly<Record<LoadProgress['stage'], string>> = {
  read: '读聊天记录',
  people: '认人',
  threads: '理对话',
  index: '建索引',
};

const digestSteps: Readonly<Record<DigestStep, string>> = {
  sending: '正在发',
  sent: '已发',
  unsure: '不确定有没有发出去',
  skipped: '没什么可说，没有发',
  dropped: '过了时间，没有发',
  failed: '没能发出去',
};

/** In parts of a hundred: how many messages there are in other rooms is nobody's business. */
function meaningStatus(state: MeaningState | undefined): string {
  if (state === undefined) return '没有用，只凭字词查找';
  if (state.fault !== undefined) return '用不了，暂时只凭字词查找（原因见日志）';
  if (state.fetching !== undefined) return '正在下载，先只凭字词查找';
  return state.ready < state.total ? `正在读聊天记录，${Math.floor((state.ready / state.total) * 100)}%` : '在用';
}

/** A digest, as a bubble and as a picture. */
export const digests = {
  daily: '日报',
  weekly: '周报',
  /** Sunday first, as `Date.getUTCDay` counts them. */
  weekdays: ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  headline: (room: string, name: string, when: string) => `${room} ${name} · ${when}`,
  day: (date: string, weekday: string) => `${date} ${weekday}`,
  week: (from: string, to: string) => `${from} 至 ${to}`,
  counts: (messages: number, people: number) => `${messages} 条消息，${people} 人发言`,
  busiest: (hour: number) => `${hour}～${hour + 1} 点最热闹`,
  /** What a day, or a week, is compared with. */
  usualDay: '平时',
  usualWeek: '往常一周',
  asUsual: (span: string) => `和${span}差不多`,
  more: (span: string, percent: number) => `比${span}多 ${percent}%`,
  fewer: (span: string, percent: number) => `比${span}少 ${percent}%`,
  timesAsMany: (span: string, times: string) => `是${span}的 ${times} 倍`,
  quiet: (headline: string, messages: number) =>
    `${headline} · ${messages === 0 ? '没有人说话' : `很安静，只有 ${messages} 条消息`}`,
  noTopics: (headline: string, messages: number) => `${headline} · ${messages} 条消息，没有聊成一段的话题`,
  topic: (number: number, title: string) => `【${number}】${title}`,
  topicFigures: (when: string, people: number, messages: number) => `${when} · ${people} 人 ${messages} 条`,
  range: (from: string, to: string) => (from === to ? from : `${from}～${to}`),
  nextDay: (time: string) => `次日 ${time}`,
  monthAndDay: (month: number, day: number) => `${month}月${day}日`,
  said: (speaker: string, text: string) => `${speaker}：${text}`,
  answer: '答',
  unanswered: '待解答',
  unansweredItem: (text: string, speaker: string, when: string) => `· ${text}（${speaker} ${when}）`,
  links: '链接和文件',
  linkItem: (title: string, speaker: string) => `· ${title}（${speaker}）`,
  speakers: '发言最多',
  speaker: (name: string, messages: number) => `${name} ${messages}`,
  rising: '本周热词',
  risingWord: (word: string, times: number) => `${word} ${times} 次`,
  heading: (heading: string, items: string) => `${heading}：${items}`,
  between: '、',
  howToOpen: (topics: number) => (topics === 1 ? '回复 1 看整段对话' : `回复 1～${topics} 看整段对话`),
  /** Of the picture. */
  messagesLabel: '条消息',
  peopleLabel: '人发言',
  busiestLabel: '点最热闹',
  hours: (hour: number) => `${hour}～${hour + 1}`,
  hour: (hour: number) => `${hour} 点`,
  ownWords: '引文都是群里的原话',
  // Of the commands.
  at: (time: string) => `好，每天 ${time} 发前一天的日报。回复「日报 关」停掉。`,
  off: '好，这个群不再发日报。想看某一天，随时说「日报 2026-05-02」。',
  weekOn: '好，每周一发上一周的周报。',
  weekOff: '好，这个群不再发周报。',
  noSuchDay: (date: string) => `没有 ${date} 这一天。日期请写成 2026-05-02。`,
  notOver: '这段时间还没过完，过完才有日报。',
  nothingSaid: (when: string) => `${when} 没有聊天记录。`,
  noTopic: (topics: number) => (topics === 0 ? '那期日报没有话题可看。' : `那期日报只有 1～${topics} 号话题。`),
  nonePosted: '这个群最近没有发过日报。想看某一天，请说「日报 2026-05-02」。',
  previewSent: '预览已经私聊发给你。',
  preview: '（预览，只有你看得到）',
  whichRoom: (rooms: readonly string[]) =>
    rooms.length === 0 ? '没有找到你在的群。请到群里说。' : `请写上是哪个群，例如：日报 预览 ${inOneLine(rooms[0] ?? '')}`,
  severalRooms: (rooms: readonly string[]) =>
    rooms.length === 0 ? '没有找到你在的群。请到群里说。' : `你在 ${rooms.length} 个群里。想看哪个群的，请到那个群里说。`,
} as const;

/** UTF-16 units of what is named in a sentence. */
const NAMES_LENGTH = 120;
const QUESTION_LENGTH = 40;

/** What members and admins are told about their commands. */
export const memberReplies = {
  help: (name: string | undefined, everybody: readonly string[], admins: readonly string[]) =>
    [
      name === undefined ? '直接说问题：引用你所在的群以前的原话' : `@${name} 加上问题：引用以前的原话`,
      '可加：来自:名字、去年、"原话"、-词、有链接',
      ...everybody,
      ...(admins.length === 0 ? [] : ['—— 管理员 ——', ...admins]),
    ].join('\n'),
  notAMember:
    '我只回答群里的人，而且只引用你现在所在的群。我没有在我工作的群里找到你；如果你在群里，请过一分钟再试，或者到群里 @ 我。',
  onlyIn: { room: '请在群里对我说这个。', direct: '请私聊对我说这个，不要在群里说。' },
  adminsOnly: '这个命令只有管理员能用。',
  membersUnknown: '群成员名单还没有读到，请过一分钟再说一次。',
  howToSubscribe: '回复「订阅」，以后群里有人说到了我就告诉你。',

  bound: {
    bound: '好，你现在是管理员了。说「帮助」看你能用的命令。',
    already: '你已经是管理员了。',
    wrong: '验证码不对。',
    locked: '错了太多次，请过十分钟再试。',
    expired: '验证码已经过期，日志里会有一个新的。',
    'not needed': '已经有管理员了，请他在群里说「管理员 加 @你」。',
  },
  admins: (names: readonly string[]) => `管理员：${names.map(inOneLine).join('、')}`,
  /** How a command goes that somebody did not get right. */
  forms: {
    alias: '要写成「别名 甲 = 乙」。',
    word: '要写成「词 某某」，一次一个。',
    hide: '要说是第几段，比如「隐藏 1」。已经藏了哪些，私聊我说「隐藏」。',
    admins: '要在群里说「管理员 加 @某人」或「管理员 减 @某人」。',
    unasked: '要写成「自动 开」或「自动 关」。',
    digestTime: '时间要写成「日报 09:00」。不要日报就说「日报 关」。',
    digest: '想看哪天的，写成「日报 昨天」或「日报 2026-05-02」。',
    weekly: '要写成「周报 开」或「周报 关」。',
    bind: '要私聊我，写「绑定」和日志里的 8 位数字。',
    alone: (command: string) => `要单独说「${command}」，后面不带别的。`,
  },
  nobodyCalled: (name: string) => `群里没有叫「${inOneLine(name)}」的人。`,
  severalCalled: (name: string) => `群里不止一个人叫「${inOneLine(name)}」，我分不清是谁，什么也没做。`,
  notMyself: '我自己不能当管理员。',
  isAdmin: (name: string) => `${inOneLine(name)} 已经是管理员了。`,
  isNoAdmin: (name: string) => `${inOneLine(name)} 不是管理员。`,
  lastAdmin: '只剩一个管理员了，先加一个再减。',
  adminAdded: (name: string) => `好，${inOneLine(name)} 现在是管理员。`,
  adminRemoved: (name: string) => `好，${inOneLine(name)} 不再是管理员。`,

  enabled: '好，我开始在这个群里收录和回答。说「停用」就停。',
  disabled: '好，我不再收录，也不再回答。管理员说「启用」可以再打开。',
  paused: '好，我先不出声，照常收录。管理员说「继续」就恢复。',
  resumed: '好，我继续回答。',
  sharedName: '有两个群用同一个名字，我分不清是哪一个，什么也没做。请先改掉一个群名。',

  reloaded: (
    {
      seconds,
      warnings,
      ...changes
    }: Pick<LoadSummary, 'seconds' | 'warnings'> & Partial<Pick<LoadSummary, 'added' | 'changed' | 'removed'>>,
    { messages, threads }: Pick<Figures, 'messages' | 'threads'>,
  ) =>
    [
      `重载好了，用了 ${seconds.toFixed(1)} 秒。`,
      ...(changes.added === undefined
        ? []
        : [`文件：新增 ${changes.added}，改动 ${changes.changed ?? 0}，删除 ${changes.removed ?? 0}`]),
      `现在有 ${messages} 条消息、${threads} 段对话，读不懂 ${warnings.length} 处`,
    ].join('\n'),
  reloadFailed: (reason: string | undefined) =>
    `重载没有成功，还用原来的聊天记录。${reason === undefined ? '原因见日志，也可以私聊我再试。' : `原因：${inOneLine(reason)}`}`,
  aliasAdded: (a: string, b: string) => `好，${inOneLine(a)} 和 ${inOneLine(b)} 是同一个人。`,
  aliasKnown: '这一条已经有了。',
  wordAdded: (word: string) => `好，我记住「${inOneLine(word)}」这个词了。`,
  wordKnown: '这个词已经有了。',
  additionFaults: {
    empty: '少了内容：要写「别名 甲 = 乙」或「词 某某」。',
    'too long': '太长了，记不下。',
    'line break': '不能分行写。',
    'equals sign': '名字里不能有等号。',
    'number sign': '不能用 # 开头。',
    same: '两个名字一样，不用记。',
    sample: '这是自带的示例聊天记录，不能改。请先用设置 ARCHIVE 指定你自己的聊天记录。',
  } satisfies Record<AdditionFault, string>,

  confirmForgetting: (names: readonly string[], messages: number, isShared = false) =>
    `聊天记录里有你以 ${clip(names.map(inOneLine).join('、'), NAMES_LENGTH)} 的名字说的 ${messages} 条消息。${isShared ? '（还有别人用过这个名字，分不清是谁说的不算在内。）' : ''}确认后它们马上不再被引用、计数，也不再出现你的名字。请在 10 分钟内回复「确认忘记」。`,
  nothingToForget: '聊天记录里没有你说过的话。以后也不想被记，就说「停止收录」。',
  namesake:
    '群里有别人用着（或用过）和你一样的名字，我分不清哪些话是你说的，什么也没做。以后的话不想被记，就说「停止收录」；已经说过的，请管理员看到时「隐藏」。',
  nothingToConfirm: '没有等着确认的事。想让我忘记你说过的话，请说「忘记我」。',
  forgotten: (messages: number) => `好，你说的 ${messages} 条消息不再被引用，也不再计数。想撤销就说「恢复」。`,
  restored: '好，恢复了。',
  nothingToRestore: '没有可以恢复的。如果机器人重新登录过，我认不出你，请管理员说「恢复 @你」。',
  noOptOutOf: (name: string) => `没有「${inOneLine(name)}」的可以恢复。`,
  recordingStopped: '好，从现在起你在这里说的话不再收录。说「开始收录」可以改回来。',
  recordingStoppedForNow: '好，从现在起你在这里说的话不再收录。群里还有别人用和你一样的名字，机器人重新登录后请再说一次。',
  recordingStarted: '好，从现在起你说的话又会收录。',
  recordingNotStopped: '你说的话本来就在收录。如果机器人重新登录过，请管理员说「恢复 @你」。',
  nothingRecorded: '这里本来就没有收录。',

  nothingToJudge: '没有刚刚给出的回答（每次的结果保留 10 分钟）。',
  whichExcerpt: (shown: number, command: string) => `请说明是第几段（1～${shown}），比如「${command} 1」。`,
  useful: '谢谢，记下了。',
  useless: '记下了，下次少拿它来回答。',
  hidden: (number: number) => `好，第 ${number} 段以后不再引用。`,
  nothingHidden: '你所在的群里没有不再引用的内容。',
  hiddenList: (lines: readonly string[], all: number) =>
    [
      all > lines.length ? `不再引用的有 ${all} 段，最近的 ${lines.length} 段：` : '不再引用的，新的在前：',
      ...lines.map((line, i) => `【${i + 1}】${line}`),
      '说「恢复 1」，第 1 段就又可以引用了。',
    ].join('\n'),
  notListed: '请先说「隐藏」看看有哪些（清单保留 10 分钟），再说「恢复 1」这样的数字。',
  shownAgain: (number: number) => `好，第 ${number} 段又可以引用了。`,

  subscribed: (question: string) =>
    `好，以后群里有人说到「${clip(inOneLine(question), QUESTION_LENGTH)}」，我告诉你一次。30 天有效。`,
  nothingToSubscribe: '只有刚刚没找到答案的问题可以订阅。',
  tooManySubscriptions: (most: number) => `你已经订阅了 ${most} 个问题，不能再多了。`,
  subscriptionAnswered: (name: string) => `@${inOneLine(name)} 你订阅的问题，群里有人说到了：`,
} as const;
