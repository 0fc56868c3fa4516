/** What may be typed to the bot to restrict an answer, and what must not be mistaken for that. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wallClock } from '../../../knowledge/archive/wall-clock.js';
import { type Question, understandQuestion } from '../../../knowledge/question/question.js';
import { tidy } from '../../../knowledge/text/clean.js';
import type { Speaker } from '../../../knowledge/types.js';

const SPEAKERS: readonly Speaker[] = [
  { id: 0, names: ['木子-青禾科技-打印-苏州', '木子'] },
  { id: 1, names: ['阿棠'] },
  { id: 2, names: ['Max Power'] },
  { id: 3, names: ['木子-云帆-采购-成都'] },
  { id: 4, names: ['我'] },
  { id: 5, names: ['老许 - 云帆 - 杭州'] },
];
const people = {
  speakers: SPEAKERS,
  find: (name: string) => SPEAKERS.filter(({ names }) => names.some((one) => one.includes(name))).map(({ id }) => id),
};
const rooms = ['造物工坊', '造物工坊-激光组', 'Print Lab'];
const shanghai = wallClock('Asia/Shanghai');
/** Thursday, 31 May 2018, 09:30 in Shanghai. */
const NOW = shanghai.instant('2018-05-31', 9.5 * 3600);

const ask = (text: string, now = NOW, clock = shanghai): Question => understandQuestion(text, { now, clock, people, rooms });
const day = (date: string): number => shanghai.instant(date, 0);
const plain = (text: string): Question => ({ text, filtersOnly: false, page: false, phrases: [], without: [] });

describe('a question without filters', () => {
  it.each([
    '热熔铜螺母的孔留多大？',
    '去年双十一的活动是谁办的',
    '2018年3月的检查看哪些内容？',
    '今天，银行改了接口，大家怎么办',
    '这两天 谁用过 wi-fi 模块',
    'T-1 和 T+0 有什么区别',
    '树脂 -5 度能打印吗',
    'docker run -d 起不来',
    'npm run build --watch 没反应',
    '最近 有什么新板子',
    '有图纸吗',
    '什么叫“二次固化”？',
    '3月12日 分享 时间',
    '备付金 比例 2018',
    '版本 2018-13 2018-02-30',
    '我们群：有人在吗',
    'mail a@b.com 没人回',
    '-5',
    '？？',
    '',
  ])('is left as it is: %s', (text) => {
    expect(ask(text)).toEqual(plain(text));
  });

  it('is tidied', () => {
    expect(ask('  AT&amp;T　怎么\u200b接  ')).toEqual(plain('AT&T 怎么接'));
  });
});

describe('来自:名字 and @名字', () => {
  it.each([
    ['来自:阿棠 报价怎么算', [1]],
    ['报价怎么算 来自：阿棠', [1]],
    ['来自: 阿棠，报价怎么算', [1]],
    ['來自:阿棠 报价怎么算', [1]],
    ['来自:木子-云帆-采购-成都 报价怎么算', [3]],
    ['来自:棠 报价怎么算', [1]],
    ['来自:max power 报价怎么算', [2]],
    ['@阿棠 报价怎么算', [1]],
    ['＠阿棠 报价怎么算', [1]],
    ['@Max Power 报价怎么算', [2]],
    ['@老许-云帆-杭州 报价怎么算', [5]],
  ])('%s', (text, speakers) => {
    expect(ask(text)).toEqual({ ...plain('报价怎么算'), speakers });
  });

  it('takes several as alternatives, and every bearer of an own name', () => {
    expect(ask('@阿棠 @Max Power 报价').speakers).toEqual([1, 2]);
    expect(ask('来自:木子-青禾 来自:阿棠 报价').speakers).toEqual([0, 1]);
    expect(ask('@木子-别家 报价').speakers).toBeUndefined();
  });

  it('does not read the rest of a group card as an excluded word', () => {
    expect(ask('@阿棠 -青禾-研发-杭州 报价')).toEqual({ ...plain('报价'), speakers: [1] });
    expect(ask('@阿棠 -红包 报价')).toEqual({ ...plain('报价'), speakers: [1], without: ['红包'] });
  });

  it.each(['来自:无名氏 报价', '来自: 报价', '@所有人 开会', '@棠 报价', '@我 报价', '来自:我 报价', '来自阿棠 报价'])(
    'keeps as text what names nobody: %s',
    (text) => {
      expect(ask(text)).toEqual(plain(text));
    },
  );
});

describe('群:名字', () => {
  it.each([
    ['群:造物工坊 拉丝', ['造物工坊']],
    ['群：激光 拉丝', ['造物工坊-激光组']],
    ['群:print lab 拉丝', ['Print Lab']],
    ['群:造物 拉丝', ['造物工坊', '造物工坊-激光组']],
  ])('%s', (text, wanted) => {
    expect(ask(text)).toEqual({ ...plain('拉丝'), rooms: wanted });
  });

  it('knows the rooms handed in and no others', () => {
    expect(ask('群:密室 拉丝')).toEqual(plain('群:密室 拉丝'));
  });
});

describe('"exact phrase"', () => {
  it.each(['"热床 温度" 多少', '＂热床 温度＂ 多少', '“热床 温度” 多少', '「热床 温度」 多少', '"热床 温度"多少'])(
    '%s',
    (text) => {
      expect(ask(text)).toEqual({ ...plain('热床 温度 多少'), phrases: ['热床 温度'] });
    },
  );

  it('is searched for, and nothing in it is a filter', () => {
    expect(ask('"去年 -红包 来自:阿棠"')).toEqual({
      ...plain('去年 -红包 来自:阿棠'),
      phrases: ['去年 -红包 来自:阿棠'],
    });
  });

  it.each(['"没有下文', '7" 和 10" 的屏', '"" 空的', '"？" 是什么'])('needs two marks and words: %s', (text) => {
    expect(ask(text).phrases).toEqual([]);
  });
});

describe('-词', () => {
  it.each([
    ['螺母 -热熔', ['热熔']],
    ['螺母 －热熔', ['热熔']],
    ['-热熔 螺母', ['热熔']],
    ['螺母 -热熔 -PLA', ['热熔', 'PLA']],
    ['螺母 -wi-fi', ['wi-fi']],
    ['螺母 -"热熔 铜"', ['热熔 铜']],
  ])('%s', (text, without) => {
    expect(ask(text)).toEqual({ ...plain('螺母'), without });
  });

  it('is no request without anything to search for', () => {
    expect(ask('-热熔螺母')).toEqual(plain('-热熔螺母'));
  });
});

describe('有图 and 有链接', () => {
  it('restrict as words of their own', () => {
    expect(ask('外壳 有图')).toEqual({ ...plain('外壳'), withImage: true });
    expect(ask('有图 外壳 有链接？')).toEqual({ ...plain('外壳？'), withImage: true, withLink: true });
  });
});

describe('a time', () => {
  it.each([
    ['2018-05', '2018-05-01', '2018-06-01'],
    ['2017-12', '2017-12-01', '2018-01-01'],
    ['2018-05-02', '2018-05-02', '2018-05-03'],
    ['２０１８－０５－０２', '2018-05-02', '2018-05-03'],
    ['2016-02-29', '2016-02-29', '2016-03-01'],
    ['2018年5月', '2018-05-01', '2018-06-01'],
    ['2018年5月2日', '2018-05-02', '2018-05-03'],
    ['2018年', '2018-01-01', '2019-01-01'],
    ['今天', '2018-05-31', '2018-06-01'],
    ['昨天', '2018-05-30', '2018-05-31'],
    ['前天', '2018-05-29', '2018-05-30'],
    ['本周', '2018-05-28', '2018-06-04'],
    ['这周', '2018-05-28', '2018-06-04'],
    ['上周', '2018-05-21', '2018-05-28'],
    ['本月', '2018-05-01', '2018-06-01'],
    ['这个月', '2018-05-01', '2018-06-01'],
    ['上个月', '2018-04-01', '2018-05-01'],
    ['今年', '2018-01-01', '2019-01-01'],
    ['去年', '2017-01-01', '2018-01-01'],
    ['前年', '2016-01-01', '2017-01-01'],
    ['最近两天', '2018-05-29', '2018-06-01'],
    ['最近一周', '2018-05-24', '2018-06-01'],
    ['近3个月', '2018-02-28', '2018-06-01'],
    ['最近三个月', '2018-02-28', '2018-06-01'],
    ['最近十二个月', '2017-05-31', '2018-06-01'],
    ['最近半年', '2017-11-30', '2018-06-01'],
    ['最近一年', '2017-05-31', '2018-06-01'],
  ])('%s is %s until before %s', (word, from, to) => {
    const expected = { ...plain('支架 怎么拆'), from: day(from), to: day(to) };
    expect(ask(`${word} 支架 怎么拆`)).toEqual(expected);
    expect(ask(`支架 ${word} 怎么拆`)).toEqual(expected);
    expect(ask(`支架 怎么拆 ${word}`)).toEqual(expected);
  });

  it('crosses the turn of the year and the week', () => {
    const newYear = shanghai.instant('2018-01-01', 60);
    expect(ask('上个月 支架', newYear)).toMatchObject({ from: day('2017-12-01'), to: day('2018-01-01') });
    expect(ask('上周 支架', newYear)).toMatchObject({ from: day('2017-12-25'), to: day('2018-01-01') });
    expect(ask('昨天 支架', newYear)).toMatchObject({ from: day('2017-12-31'), to: day('2018-01-01') });
    const sunday = shanghai.instant('2018-06-03', 86_399);
    expect(ask('本周 支架', sunday)).toMatchObject({ from: day('2018-05-28'), to: day('2018-06-04') });
  });

  it('reaches from the first to the last of several', () => {
    expect(ask('2017-11 2018-02 支架')).toMatchObject({ from: day('2017-11-01'), to: day('2018-03-01') });
  });

  it('is that of the zone of the clock', () => {
    const at = Date.UTC(2018, 4, 31, 23, 30);
    const yesterday = (zone: string) => ask('昨天 支架', at, wallClock(zone));
    expect(yesterday('Asia/Shanghai')).toMatchObject({ from: Date.UTC(2018, 4, 30, 16), to: Date.UTC(2018, 4, 31, 16) });
    expect(yesterday('America/New_York')).toMatchObject({ from: Date.UTC(2018, 4, 30, 4), to: Date.UTC(2018, 4, 31, 4) });
    expect(yesterday('Asia/Kolkata')).toMatchObject({ from: Date.UTC(2018, 4, 30, 18, 30), to: Date.UTC(2018, 4, 31, 18, 30) });
  });

  it('counts days by the calendar where one has 23 hours', () => {
    const at = Date.UTC(2018, 2, 12, 16);
    expect(ask('昨天 支架', at, wallClock('America/New_York'))).toMatchObject({
      from: Date.UTC(2018, 2, 11, 5),
      to: Date.UTC(2018, 2, 12, 4),
    });
  });
});

describe('filters together', () => {
  it('leave the rest to search for, in order', () => {
    expect(ask('来自:阿棠 群:激光 去年 “有机玻璃” 怎么切 -雕刻 有图')).toEqual({
      text: '有机玻璃 怎么切',
      filtersOnly: false,
      page: false,
      speakers: [1],
      rooms: ['造物工坊-激光组'],
      from: day('2017-01-01'),
      to: day('2018-01-01'),
      phrases: ['有机玻璃'],
      without: ['雕刻'],
      withImage: true,
    });
  });

  it.each(['@阿棠', '昨天', '来自:阿棠 上周 有图', '昨天 大家都聊了什么？', '@阿棠 说过什么'])(
    'alone ask for the newest: %s',
    (text) => {
      expect(ask(text).filtersOnly).toBe(true);
    },
  );

  it.each([
    ['昨天群里聊了什么', '2018-05-30'],
    ['大家昨天都说了些什么？', '2018-05-30'],
    ['群里昨天讨论了哪些内容', '2018-05-30'],
    ['去年大家聊了啥', '2017-01-01'],
  ])('are a time alone where nothing else is asked for: %s', (text, from) => {
    expect(ask(text)).toMatchObject({ text, filtersOnly: true, from: day(from) });
  });

  it('join a time that stands within what asks for nothing else', () => {
    expect(ask('@阿棠 昨天说了什么')).toMatchObject({
      filtersOnly: true,
      speakers: [1],
      from: day('2018-05-30'),
      to: day('2018-05-31'),
    });
  });

  it.each(['昨天聊了螺母', '昨天群里聊的螺母在哪买', '今天有人吗', '群里聊了什么', '今天天气怎么样'])(
    'are none in: %s',
    (text) => {
      expect(ask(text)).toEqual(plain(text));
    },
  );

  it.each(['@阿棠 报价', '昨天 谁说了螺母', '"螺母"'])('are not alone beside words: %s', (text) => {
    expect(ask(text).filtersOnly).toBe(false);
  });
});

describe('搜', () => {
  it('in front asks for a page', () => {
    expect(ask('搜 螺母 热熔')).toEqual({ ...plain('螺母 热熔'), page: true });
    expect(ask('搜　@阿棠 螺母')).toEqual({ ...plain('螺母'), page: true, speakers: [1] });
  });

  it.each(['搜索引擎怎么接', '搜', '怎么 搜 螺母'])('elsewhere is a word: %s', (text) => {
    expect(ask(text)).toEqual(plain(text));
  });
});

describe('any text', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom(
      ' ',
      '　',
      '\n',
      '"',
      '“',
      '”',
      '「',
      '」',
      '-',
      '－',
      '@',
      '来自:',
      '群：',
      '有图',
      '去年',
      '最近零天',
      '近999年',
      '2018-00',
    ),
    fc.constantFrom(
      '2018-02-29',
      '1900-01',
      '2099年12月31日',
      '阿棠',
      '搜 ',
      '，',
      '？',
      '&amp;',
      '螺母',
      '木子',
      '我',
      '\ud800',
    ),
  );
  const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

  it('is understood, and what is searched for was typed, in that order', () => {
    fc.assert(
      fc.property(text, (typed) => {
        const question = ask(typed);
        const given = tidy(typed);
        let at = 0;
        for (const letter of question.text.replace(/[^\p{L}\p{N}]/gu, '')) {
          at = given.indexOf(letter, at) + 1;
          expect(at).toBeGreaterThan(0);
        }
        if (question.from !== undefined) expect(question.from).toBeLessThan(question.to as number);
        for (const words of [...question.phrases, ...question.without]) expect(words.trim()).not.toBe('');
      }),
    );
  });

  it('gives the same when understood again, if it had no filters', () => {
    fc.assert(
      fc.property(text, (typed) => {
        const question = ask(typed);
        const plainly = Object.keys(question).length === 5 && question.phrases.length + question.without.length === 0;
        if (plainly && !question.page) expect(ask(question.text)).toEqual(question);
      }),
    );
  });
});
