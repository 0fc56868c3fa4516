/**
 * What was meant as a command and is not quite one -> how to say it.
 *
 * In: what somebody said that is no command. Out: the right form of the one that is unmistakably meant, if he may say that; nothing
 * for whatever may be a question, or talk.
 */
import { memberReplies } from '../../reply/texts.js';
import { asksSomething } from '../asking.js';
import { type Command, never, type Reading, say } from './command.js';
import type { Spoken } from './table.js';
import { saidOf } from './words.js';

const { forms } = memberReplies;

interface Form {
  /** Admins' commands are hinted at to nobody else: to him `隐藏 文件夹` are words to look for. */
  readonly who: Command['who'];
  /** Said to the bot, in half width. */
  readonly meant: RegExp;
  /** What by an admin is no talk though he did not call the bot. */
  readonly uncalled?: RegExp;
  /** Only with excerpts on the screen. */
  readonly underAnswer?: true;
  /** @param word what {@link Form.meant} captures */
  readonly text: (word: string, shown: number) => string;
}

const FORMS: readonly Form[] = [
  { who: 'admin', meant: /^别名(?:[ :=].*)?$/, uncalled: /^别名[ :=]/, text: () => forms.alias },
  { who: 'admin', meant: /^词$/, text: () => forms.word },
  { who: 'admin', meant: /^隐藏(?:[ :].*)?$/, uncalled: /^隐藏[ :]/, text: () => forms.hide },
  { who: 'admin', meant: /^管理员(?:[ :@].*| ?[加减])$/, uncalled: /^管理员 ?[加减删]/, text: () => forms.admins },
  { who: 'admin', meant: /^自动 ?(?:打开|开启|关闭|关掉|on|off)$/, uncalled: /^/, text: () => forms.unasked },
  { who: 'admin', meant: /^日报 ?(?:\d+[点时].*|开|每天.*)$/, uncalled: /^/, text: () => forms.digestTime },
  { who: 'admin', meant: /^周报 ?(?:每周.*|打开|关闭)$/, uncalled: /^/, text: () => forms.weekly },
  { who: 'admin', meant: /^(重载|启用|停用|暂停|继续)(?:[ :].{1,10}|一下|下|吧)$/, text: forms.alone },
  { who: 'everybody', meant: /^日报[ :].{1,10}$/, text: () => forms.digest },
  { who: 'everybody', meant: /^绑定(?: ?(?:code|验证码))?$/, text: () => forms.bind },
  {
    who: 'everybody',
    meant: /^(忘记我|停止收录|开始收录)(?:吧|了|我?说过?的?话?|我?的?(?:话|消息|发言)|[ :].{1,10})$/,
    text: forms.alone,
  },
  { who: 'everybody', meant: /^(订阅|恢复) ?(?:一下|下|吧|这个|这个问题)$/, text: forms.alone },
  {
    who: 'everybody',
    meant: /^(展开|撤|有用|没用)(?:[ :].{1,6})?$/,
    underAnswer: true,
    text: (word, shown) => memberReplies.whichExcerpt(shown, word),
  },
];

/** Longer texts say something. */
const LONGEST = 30;

const HOW_TO_SAY_IT: Command = {
  name: '写法',
  read: () => undefined,
  who: 'everybody',
  where: 'both',
  uncalled: never,
  run: ({ argument }) => say(argument),
};

/** @param said without the call, if there was one */
export function misspoken(said: string, isCalled: boolean, { isAdmin, shown = 0 }: Reading): Spoken | undefined {
  if (!isCalled && !isAdmin) return undefined;
  for (const { form, words, match } of meantBy(said)) {
    if ((form.who === 'admin' && !isAdmin) || (form.underAnswer && shown === 0)) continue;
    if (isCalled || form.uncalled?.test(words)) return { command: HOW_TO_SAY_IT, argument: form.text(match[1] ?? '', shown) };
  }
  return undefined;
}

/** Whether this may be a command gone wrong, whoever said it. */
export function maybeMisspoken(said: string): boolean {
  return meantBy(said).length > 0;
}

function meantBy(said: string): readonly { readonly form: Form; readonly words: string; readonly match: RegExpExecArray }[] {
  const words = saidOf(said)?.words ?? '';
  if (words.length > LONGEST || asksSomething(words)) return [];
  return FORMS.flatMap((form) => {
    const match = form.meant.exec(words);
    return match === null ? [] : [{ form, words, match }];
  });
}
