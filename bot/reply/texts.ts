/**
 * Every Chinese text the bot or the terminal group shows to people, and nothing else.
 *
 * In: the few values a sentence needs. Out: the sentence. Length and layout are bubble.ts's and screen.ts's business.
 */
import type { LoadProgress, LoadSummary, MeaningState, MessageKind } from '../../knowledge/index.js';

/** What 状态 tells; times as people read them. */
export interface StatusFigures {
  readonly summary: LoadSummary;
  /** Absent if there is to be no meaning model. */
  readonly meaning?: MeaningState;
  readonly lastHeard?: string;
  /** The latest ones, oldest first. */
  readonly gaps: readonly { readonly from: string; readonly to: string }[];
  /** Replies that are not sent yet. */
  readonly queue: number;
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
  excerptHead: (number: number, when: string, people: number, messages: number, alike: number) =>
    `【${number}】${when} · ${people} 人 ${messages} 条${alike > 0 ? ` · 同样的讨论还有 ${alike} 次` : ''}`,
  pageHead: (number: number, page: number, pages: number) => `【${number}】第 ${page}/${pages} 页`,
  quote: (speaker: string, when: string, text: string) => `${speaker} ${when}：${text}`,
  day: (date: string) => `—— ${date} ——`,
  howToOpen: (first: number, last: number) =>
    first === last ? `回复 ${first} 看整段对话` : `回复 ${first}～${last} 的数字看整段对话`,
  moreExcerpts: (left: number) => `，回复「更多」再看 ${left} 段`,
  moreMessages: (left: number) => `（后面还有 ${left} 条，回复「更多」接着看）`,
  restOfMessage: '（这条还没完，回复「更多」接着看）',
  threadEnd: '（这段对话到此为止）',
  nothingFound: '群里的聊天记录里没找到足够可靠的回答。换个说法，或者加上关键词再问一次试试。',
  nothingOpen: '现在没有可以接着看的内容（每次提问的结果保留 10 分钟）。请 @ 我再问一次。',
  noSuchExcerpt: (shown: number) => (shown === 1 ? '这次只有第 1 段。' : `目前只有第 1～${shown} 段，请回复其中一个数字。`),
  noMore: '没有更多了。',
  atTheStart: '已经是这段对话的开头了。',
  notReading: '还没有打开哪段对话，请先回复数字打开一段。',
  archiveChanged: '聊天记录刚刚更新过，请 @ 我再问一次。',
  noArchive: '这个群还没有对应的聊天记录，所以我答不了。请管理员在设置 ROOM_MAP 里指定。',
  askInGroup: '请到群里 @ 我提问：我只在群里引用那个群自己的聊天记录。',
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
  status: ({ summary, meaning, lastHeard, gaps, queue }: StatusFigures) =>
    [
      `聊天记录：${summary.messages} 条${summary.firstDate === undefined ? '' : `，${summary.firstDate} 至 ${summary.lastDate}`}`,
      `语义模型：${meaningStatus(meaning)}`,
      `最近听到的消息：${lastHeard ?? '还没有'}`,
      gaps.length === 0
        ? '掉线：没有记录'
        : `掉线（这些时间说的话我没听到）：\n${gaps.map((gap) => `${gap.from} 至 ${gap.to}`).join('\n')}`,
      `等着发送的回复：${queue}`,
    ].join('\n'),
  help: (name: string) =>
    [
      '我记得这个群聊过的内容。有人提问，我就引用当时的原话：谁在什么时候说的，一字不改。',
      `@${name} 加上你的问题：查以前的讨论`,
      '1、2、3……（或 展开 1）：看那一段的完整对话',
      '更多：看后面的结果，或者接着往下读',
      '上文、下文：读完整对话时往前、往后翻',
      '状态：聊天记录有多大、最近一次掉线；自动 开（关）：没人 @ 我时要不要出声，默认不出声',
      '帮助：看这份说明',
      '数字、更多、上文、下文只对刚提过问的人有效，10 分钟内不用再 @ 我。',
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
  archive: ({ rooms, firstDate, lastDate, messages, speakers }: LoadSummary, days: number, isSample: boolean) =>
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
    '/帮助　　看这份用法；对群史说「@群史 帮助」看它的命令',
    '/退出　　离开（Ctrl-C、Ctrl-D 也行）',
  ],
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

function meaningStatus(state: MeaningState | undefined): string {
  if (state === undefined) return '没有用，只凭字词查找';
  if (state.fault !== undefined) return '用不了，暂时只凭字词查找（原因见日志）';
  if (state.fetching !== undefined) return '正在下载，先只凭字词查找';
  return state.ready < state.total ? `正在读聊天记录，${state.ready}/${state.total}` : '在用';
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
} as const;
