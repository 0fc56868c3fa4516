/**
 * What a single message looks like in a chat: a question, an opening, a mere reaction, the continuation of something.
 *
 * In: a message. Out: its signs, each 0 or 1, found by words that any Chinese group uses. Nothing here knows a topic.
 */
import type { Message } from '../types.js';

export interface Signs {
  readonly emoji: number;
  readonly image: number;
  readonly link: number;
  /** Asks something. */
  readonly question: number;
  /** Turns to the whole group: "请教", "有没有人", "各位". */
  readonly appeal: number;
  /** Says nothing but applause, thanks, consent: "赞", "期待", "收到". */
  readonly reaction: number;
  /** Announces a talk to the group. */
  readonly talk: number;
  /** Turns to something else: "说起", "另外", "话说". */
  readonly turn: number;
  /** Begins the way replies begin: "是的", "那", "但是", "哈哈". */
  readonly continuation: number;
  /** The title of something shared: a file, or words without any of spoken language. */
  readonly title: number;
  /** Mentions somebody who could not be identified. */
  readonly mentionsUnknown: number;
  /** Natural logarithm of 1 + characters. */
  readonly length: number;
}

const EMOJI = /\[[^[\]\n]{1,8}\]|\p{Extended_Pictographic}|[\ufe0f\u200d]|\?{2,}|�/gu;
// A lost separator (U+2005) is printed as ?, so a ? right behind a name asks nothing.
const MENTIONS = /@[^\s?？@]+[?？]?/g;
const PUNCTUATION = /[\s,.!~?，。！～？、…·:：;；"“”'‘’()（）\-—_*#^]+/g;
const QUESTION =
  /[?？]|[吗么呢嘛]\s*(?:$|[,，。!！~～[])|什么|怎么|怎样|如何|哪[里个些位儿家]|多少|几[个家种天号点]|有没有|是不是|能不能|会不会|可不可以|要不要|可否|能否|是否|请教|请问|咨询|为何|为啥|[干有是]啥|啥[意时样]|谁/;
const APPEAL =
  /请教|请问|咨询|求助|求[推解指问个]|问[一]?下|问个|想问|想了解|有没有(?:人|同学|朋友|哪位|大神|群友|谁)|谁(?:有|知道|能|用|做|家|那|熟悉|了解|认识)|哪位|各位|大家(?!好)|大神|大佬|老师们|群里|有人|有谁|有哪位|你们(?:有|知道|用|公司|都)|推荐(?:一|几|个|下)|帮忙/;
const REACTION =
  /^(?:(?:好|很|真|太|超级?|非常|大|多)*(?:赞|棒|强|牛[逼b人x]?|厉害|给力|期待|感谢|谢谢|多谢|谢|辛苦|收到|好的?|ok|okay|嗯+|哦+|恩+|欢迎|恭喜|支持|报名|已报名|签到|打卡|顶|同问|同求|学习了?|受教了?|早|早安|早上好|晚安|鼓掌|thx|thanks|thankyou|nice|good|cool|666+|\+?1|哈哈+|呵呵+|嘿嘿+|mark|马克|已阅|点赞|围观|1|棒棒哒?|搞起|来了|在|了|啊|呀|哈|的|您|你|大家|老师|分享|群主|感谢分享|谢谢分享|膜拜|佩服|敬佩|干货|学习一下|向各位学习|请多多?指教)+)$/;
const CONTINUATION =
  /^(?:那|所以|但|可是|不过|然后|而且|因为|就是|是的|是啊|对|嗯|恩|哦|噢|额|呃|哈|呵|嘿|不是|不|也|还|好的|好吧|好像|行|可以|没|这|他|它|她|其实|楼上|同|应该|估计|可能|一般|如果|只|主要|要看|看|都|已经|当然|反正|难道|原来|确实|真的|有的|我们|你|呃|啊|唉|哎|啥|比如|或者|还是|毕竟|至少|的确|明白|了解|理解|懂|谢谢|感谢|多谢)/;
const TALK = /主题|嘉宾|预告|请到|有请|邀请/;
const TURN =
  /^(?:说起|说到|话说|另外|对了|顺便|还有个|再问|那个|问个|换个话题|插[个句一]|弱弱|好久|最近|刚[才刚]?看|昨[天晚]|今[天晚早]|明[天晚])/;
const SPOKEN = /[的了吗呢吧啊呀哈嘛么我你他她它咱不有就都也这那很太没要会能给让把请谢]/;

const TITLE =
  /\.(?:pdf|docx?|pptx?|xlsx?|md|txt|zip|rar|mp4)$|(?: - |[_|｜丨])\s?[^\s_|｜丨，。,]{2,12}$|^(?:【[^】]+】|《[^》]+》)\S|^\d{8}[-—]/;

export function signsOf(message: Message): Signs {
  const folded = message.text.toLowerCase();
  const said = folded.replace(EMOJI, ' ').replace(MENTIONS, ' ').trim();
  const bare = said.replace(PUNCTUATION, '');
  const speaks = message.kind === 'text' || message.kind === 'link';
  return {
    emoji: flag(message.kind === 'emoji' || (message.kind === 'text' && bare === '')),
    image: flag(message.kind === 'image' || message.kind === 'empty' || message.kind === 'video' || message.kind === 'file'),
    link: flag(message.kind === 'link' || message.kind === 'card' || folded.includes('http')),
    question: flag(speaks && QUESTION.test(said)),
    appeal: flag(speaks && APPEAL.test(said)),
    reaction: flag(speaks && bare.length <= 14 && bare !== '' && REACTION.test(bare)),
    talk: flag(speaks && said.includes('分享') && TALK.test(said)),
    turn: flag(speaks && TURN.test(bare)),
    continuation: flag(speaks && CONTINUATION.test(bare)),
    title: flag(
      speaks && bare.length >= 6 && bare.length <= 80 && (TITLE.test(said) || (!SPOKEN.test(bare) && !QUESTION.test(said))),
    ),
    mentionsUnknown: flag(message.mentions.length === 0 && /@\S/.test(message.text)),
    length: Math.log1p(said.length),
  };
}

function flag(holds: boolean): number {
  return holds ? 1 : 0;
}
