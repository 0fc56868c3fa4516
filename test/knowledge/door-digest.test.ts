/** What a digest holds, and what it never holds, on days made up for it. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Knowledge, openKnowledge } from '../../knowledge/index.js';
import { archiveOnDisk } from './archive/archive-on-disk.js';
import { days, digestOn, glueTalk, opened, ROOM, transcript } from './digest/invented-days.js';
import { live } from './kept-archive.js';

const DATE = '2025-03-10';
const NEXT = '2025-03-11';
const OTHERS = ['阿布', '豆包', '青禾', '石头', '半夏', '阿川', '木木', '七月', '大鹏', '小满'];

const shows = (knowledge: Knowledge, what: string) => JSON.stringify(digestOn(knowledge, DATE)).includes(what);

describe('a topic', () => {
  it('is told by its question without the call for attention, and shows the answer', async () => {
    const digest = digestOn(await opened(days({ [DATE]: glueTalk('10') })), DATE);
    expect(digest.topics).toMatchObject([
      {
        title: '白乳胶粘樱桃木总是开裂是什么原因？',
        isQuestion: true,
        people: 3,
        messages: 9,
        quotes: [
          { speaker: '山雀', text: '请教各位，白乳胶粘樱桃木总是开裂是什么原因？' },
          { speaker: '老槐', text: '樱桃木油性大，白乳胶粘之前要先用酒精擦一遍胶合面' },
        ],
      },
    ]);
    expect(digest.unanswered).toEqual([]);
  });

  it('is told with what stands before the clause that asks, where that alone is a fragment', async () => {
    const asked =
      '请教各位老师傅，樱桃木的胶合面用白乳胶粘完以后，压力是按照胶合面的面积算还是按照夹具的数量来算（面积要不要除以二，除法怎么除）？';
    const text = glueTalk('10').replace('请教各位，白乳胶粘樱桃木总是开裂是什么原因？', asked);
    const title = digestOn(await opened(days({ [DATE]: text })), DATE).topics[0]?.title ?? '';
    expect(title).toMatch(/^….*面积要不要除以二，除法怎么除）？$/);
    expect(title.length).toBeLessThanOrEqual(41);
    expect(asked).toContain(title.slice(1));
  });

  it('quotes what was said and not to whom', async () => {
    const text = glueTalk('10').replace('老槐 樱桃木油性大', '老槐 @山雀 樱桃木油性大');
    const [topic] = digestOn(await opened(days({ [DATE]: text })), DATE).topics;
    expect(topic?.quotes.map((quote) => quote.text)).toContain('…樱桃木油性大，白乳胶粘之前要先用酒精擦一遍胶合面');
  });

  it('opens as a thread of which it names every message in the window', async () => {
    const knowledge = await opened(days({ [DATE]: glueTalk('10') }));
    const [topic] = digestOn(knowledge, DATE).topics;
    const thread = knowledge.thread(topic?.thread ?? '', { rooms: [ROOM] });
    expect(thread?.quotes.map(({ file, line }) => ({ file, line }))).toEqual(topic?.addresses);
  });

  it('comes before another in which fewer people spoke, however long that was', async () => {
    const wide = `
      10:00 阿布 周六的木工市集大家都带什么去摆摊？
      10:01 豆包 我准备带二十个榉木砧板去木工市集
      10:02 青禾 木工市集上小勺子卖得最好，我带小勺子
      10:03 石头 上次木工市集的砧板十分钟就卖完了
      10:04 半夏 那我带几把黄铜拉手去木工市集摆摊`;
    const [first, second] = digestOn(await opened(days({ [DATE]: `${glueTalk('15')}\n${wide}` })), DATE).topics;
    expect([first?.people, second?.people]).toEqual([5, 3]);
    expect(second?.messages).toBeGreaterThan(first?.messages ?? 0);
  });

  it('is only once what people go on with after half an hour', async () => {
    const later = `
      10:50 山雀 换了管夹以后樱桃木的胶合面好多了，白乳胶也均匀
      10:51 老槐 那就是夹具的问题，白乳胶本身没事，胶合面平了就好
      10:52 山雀 下一步要不要给樱桃木封边，怕吸潮气
      10:53 老槐 封边用虫胶漆，樱桃木刷两遍就够了
      10:54 小满 虫胶漆刷完樱桃木颜色会深一点`;
    const { topics } = digestOn(await opened(days({ [DATE]: `${glueTalk('10')}\n${later}` })), DATE);
    expect(topics).toHaveLength(1);
  });
});

describe('a day of noise', () => {
  const noise = [
    '10:00 掌柜 今晚八点开讲，请大家签到',
    ...OTHERS.map((name, i) => `10:0${i} ${name} 签到`),
    '11:00 掌柜 恭喜发财，大吉大利',
    ...OTHERS.map((name, i) => `11:0${i} ${name} 谢谢老板[抱拳]`),
    ...OTHERS.map((name, i) => `12:1${i} ${name} [强][强]`),
    ...OTHERS.map((name, i) => `13:1${i} ${name} 祝大家新年快乐！`),
    ...OTHERS.map((name, i) => `14:1${i} ${name} 期待～`),
    '15:00 掌柜 20250310-榫卯结构入门',
    ...OTHERS.slice(0, 5).map((name, i) => `15:0${i} ${name} [鼓掌]`),
  ];

  it('has no topic and no open question, but is counted', async () => {
    const digest = digestOn(await opened(days({ [DATE]: noise.join('\n') })), DATE);
    expect(digest).toMatchObject({ topics: [], unanswered: [], messages: noise.length, people: 11 });
  });

  it('does not hide what three people talked about in between', async () => {
    const digest = digestOn(await opened(days({ [DATE]: `${noise.join('\n')}\n${glueTalk('20')}` })), DATE);
    expect(digest.topics.map(({ title }) => title)).toEqual(['白乳胶粘樱桃木总是开裂是什么原因？']);
  });
});

describe('an announcement', () => {
  it('of which many took note is a topic, though one person alone spoke', async () => {
    const text = `
      10:00 掌柜 从下周一开始木工坊的台锯要预约才能使用，请在门口的白板上写名字和时间，每次最多两个小时
      10:01 掌柜 台锯预约之后不来的，取消当月的预约资格，临时有事请提前半天在群里说一声
      10:02 掌柜 没有上过安全课的人不能单独使用台锯，安全课每个月第一个周六上午开，名额十个
      ${OTHERS.map((name, i) => `10:1${i} ${name} 收到`).join('\n')}`;
    const { topics } = digestOn(await opened(days({ [DATE]: text })), DATE);
    expect(topics).toMatchObject([{ isQuestion: false, people: 11, messages: 13 }]);
    expect(topics[0]?.title).toContain('台锯');
  });
});

describe('an unanswered question', () => {
  const question = '20:00 石头 请问有人做过无动力的车床吗？想问问飞轮多重合适';

  it('is told with who asked and when', async () => {
    const digest = digestOn(await opened(days({ [DATE]: `${glueTalk('10')}\n${question}` })), DATE);
    expect(digest.unanswered).toMatchObject([{ speaker: '石头', date: DATE, time: '20:00:00' }]);
  });

  it('is told without the call for attention in front of it', async () => {
    const called = '20:00 石头 请教各位老师傅，无动力的车床用多重的飞轮合适？想自己铸一个';
    const digest = digestOn(await opened(days({ [DATE]: `${glueTalk('10')}\n${called}` })), DATE);
    expect(digest.unanswered).toMatchObject([{ text: '…无动力的车床用多重的飞轮合适？想自己铸一个' }]);
  });

  it.each([
    ['in its thread', DATE, '20:30 老槐 无动力车床的飞轮四十公斤左右合适'],
    [
      'by quoting it on a later day',
      NEXT,
      `09:00 老槐 「石头：请问有人做过无动力的车床吗？想问问飞轮多重合适」${'- '.repeat(15)}四十公斤`,
    ],
    ['by name on a later day', NEXT, '09:00 老槐 @石头 无动力的车床我做过，飞轮四十公斤'],
  ])('is gone once somebody answers %s', async (_, date, answer) => {
    const asked = `${glueTalk('10')}\n${question}`;
    const files = date === DATE ? days({ [DATE]: `${asked}\n${answer}` }) : days({ [DATE]: asked, [date]: answer });
    expect(digestOn(await opened(files), DATE).unanswered).toEqual([]);
  });

  it('is told once if it was asked twice, and not at all if it was answered then', async () => {
    const again = question.replace('20:00', '23:30');
    const knowledge = await opened(days({ [DATE]: `${question}\n${again}` }));
    expect(digestOn(knowledge, DATE).unanswered).toHaveLength(1);
    const answered = await opened(days({ [DATE]: `${question}\n${again}\n23:32 老槐 飞轮四十公斤，车床转起来才稳` }));
    expect(digestOn(answered, DATE).unanswered).toEqual([]);
  });

  it.each([
    '有人吗？',
    '难道就没有人做过吗？',
    '在吗',
    '请教大家一个问题',
    '这是真的吗',
    '有没有人有兴趣合买一台车床？',
    '怎么就没人说说车床的事',
    '哪位有这样的图纸？',
  ])('is never %s', async (text) => {
    expect(digestOn(await opened(days({ [DATE]: `20:00 石头 ${text}` })), DATE).unanswered).toEqual([]);
  });
});

describe('the window', () => {
  it('holds a conversation across midnight whole, with the hours in which it was said', async () => {
    const files = days({
      [DATE]: '23:58 山雀 请教各位，白乳胶粘樱桃木总是开裂是什么原因？\n23:59 老槐 樱桃木油性大，先用酒精擦一遍胶合面',
      [NEXT]: '00:01 山雀 酒精擦完要等多久才能上白乳胶\n00:02 老槐 十分钟就干透了，樱桃木胶合面发涩就可以上胶\n09:00 小满 早',
    });
    const digest = digestOn(await opened(files), DATE);
    expect(digest.topics).toMatchObject([{ messages: 4, people: 2 }]);
    expect([digest.messages, digest.hours[23], digest.hours[0], digest.hours[9]]).toEqual([4, 2, 2, 0]);
  });

  it('counts 25 hours on the day on which the clocks are set back', async () => {
    const files = days({
      '2025-10-26': ['01:30', '03:30', '04:59', '05:00'].map((time) => `${time} 老槐 胶合面要平 ${time}`).join('\n'),
    });
    const digest = digestOn(await opened(files, 'Europe/Berlin'), '2025-10-25', { zone: 'Europe/Berlin' });
    expect(digest.messages).toBe(3);
    expect(digest.to - digest.from).toBe(25 * 3_600_000);
  });

  it('without a message makes an empty digest', async () => {
    const digest = digestOn(await opened(days({ [DATE]: glueTalk('10') })), '2025-03-20');
    expect(digest).toMatchObject({ messages: 0, people: 0, topics: [], links: [], speakers: [], unanswered: [], rising: [] });
  });
});

describe('the comparison', () => {
  it('is with the mean of those of the seven windows before that the archive has', async () => {
    const files = days({
      '2025-03-02': glueTalk('10'),
      '2025-03-04': '10:00 老槐 早上把砂带换了',
      '2025-03-09': '10:00 老槐 砂带又断了\n10:01 小满 换个厚一点的砂带',
      [DATE]: glueTalk('10'),
    });
    const knowledge = await opened(files);
    expect(digestOn(knowledge, DATE).usual).toEqual({ messages: 1.5, people: 1.5 });
    expect(digestOn(knowledge, '2025-03-02').usual).toBeUndefined();
  });
});

describe('the most active', () => {
  it('are five at most, by messages, under one name each', async () => {
    const lines = OTHERS.flatMap((name, i) => Array.from({ length: 10 - i }, (_, j) => `1${i}:0${j} ${name} 第${j}块板刨平了`));
    const { speakers } = digestOn(await opened(days({ [DATE]: lines.join('\n') })), DATE);
    expect(speakers).toEqual(OTHERS.slice(0, 5).map((name, i) => ({ name, messages: 10 - i })));
  });
});

describe('what was said twice into the archive', () => {
  it('counts once: two exports of a day, and one link in two of its messages', async () => {
    const text = `${glueTalk('10')}\n11:00 小满 图纸在这里 https://example.com/a\n12:00 石头 https://example.com/a 打不开`;
    const once = digestOn(await opened(days({ [DATE]: text })), DATE);
    const twice = digestOn(await opened(days({ [DATE]: text, [`${DATE}-copy`]: text })), DATE);
    expect(once.links).toMatchObject([
      { kind: 'link', title: '图纸在这里', url: 'https://example.com/a', by: { speaker: '小满' } },
    ]);
    expect(twice).toEqual(once);
  });
});

describe('the same messages', () => {
  it('make the same digest, whatever the files are called that hold them, and in which order they stand', async () => {
    const lines = `${glueTalk('10')}\n20:00 石头 请问有人做过无动力的车床吗？想问问飞轮多重合适`.trim().split('\n');
    const evens = lines.filter((_, i) => i % 2 === 0).join('\n');
    const odds = lines.filter((_, i) => i % 2 === 1).join('\n');
    // In a second file of the day the date must still stand in the name.
    const whole = await opened(days({ [DATE]: lines.join('\n') }));
    const halves = await opened(days({ [`b/${DATE}`]: evens, [`a/${DATE}`]: odds }));
    const withoutPlaces = (knowledge: Knowledge) =>
      JSON.stringify(digestOn(knowledge, DATE), (key, value) => (['file', 'line'].includes(key) ? undefined : value));
    expect(withoutPlaces(halves)).toBe(withoutPlaces(whole));
    expect(digestOn(halves, DATE)).toMatchObject({ messages: 10, topics: [{ messages: 9 }], unanswered: [{ speaker: '石头' }] });
  });
});

describe('rooms', () => {
  it('that are not asked for are in nothing', async () => {
    const files = { ...days({ [DATE]: glueTalk('10') }), '别的群/2025-03-10-chat.markdown': transcript(glueTalk('11')) };
    const digest = digestOn(await opened(files), DATE);
    expect(digest).toMatchObject({ messages: 9, room: ROOM });
    expect(digest.topics.flatMap(({ addresses }) => addresses).every(({ file }) => file.startsWith(ROOM))).toBe(true);
  });

  it('that one group reads together are one, under the name that is given', async () => {
    const files = { ...days({ [DATE]: glueTalk('10') }), '木工坊旧群/2025-03-10-chat.markdown': '' };
    files['木工坊旧群/2025-03-10-chat.markdown'] = transcript('12:00 石头 砂带换好了');
    const digest = digestOn(await opened(files), DATE, { rooms: [ROOM, '木工坊旧群'], name: '木工' });
    expect(digest).toMatchObject({ room: '木工', messages: 10, people: 4 });
  });
});

describe('what people want kept from others', () => {
  const text = `${glueTalk('10')}\n11:00 老槐 老槐的图纸 https://example.com/a`;

  it('is in nothing of a digest once somebody is forgotten: no word, no name, no count', async () => {
    const knowledge = await opened(days({ [DATE]: text }));
    expect(shows(knowledge, '老槐')).toBe(true);
    knowledge.heed({ forgotten: [{ names: ['老槐'] }], hidden: [], judgements: [] });
    expect(shows(knowledge, '老槐')).toBe(false);
    const digest = digestOn(knowledge, DATE);
    expect(digest).toMatchObject({ messages: 6, people: 2, links: [], topics: [{ people: 2, messages: 6 }] });
    expect(digest.speakers.map(({ name }) => name)).toEqual(['山雀', '小满']);
  });

  it('is a hidden message', async () => {
    const knowledge = await opened(days({ [DATE]: text }));
    const [topic] = digestOn(knowledge, DATE).topics;
    const hidden = topic?.quotes.map(({ mark }) => mark) ?? [];
    knowledge.heed({ forgotten: [], hidden, judgements: [] });
    const digest = digestOn(knowledge, DATE);
    expect(digest.messages).toBe(8);
    expect(digest.topics.flatMap(({ quotes }) => quotes).map(({ mark }) => mark)).not.toEqual(expect.arrayContaining(hidden));
  });

  it('is a recalled message', async () => {
    const knowledge = await openKnowledge({ archive: archiveOnDisk() });
    onTestFinished(() => knowledge.close());
    const at = Date.parse(`${DATE}T10:00:00+08:00`);
    const record = (id: string, text: string, name: string) =>
      knowledge.record(live(id, at + Number(id) * 60_000, text, { room: ROOM, name, sender: `@${name}` }));
    await record('1', '樱桃木的胶合面要用酒精擦一遍', '老槐');
    await record('2', '我的卡号发错地方了', '山雀');
    await knowledge.flush();
    await knowledge.recall(ROOM, '2');
    expect(digestOn(knowledge, DATE)).toMatchObject({ messages: 1, people: 1, speakers: [{ name: '老槐' }] });
  });
});

describe('a week', () => {
  const fillers = ['2025-02-24', '2025-02-25', '2025-03-03', '2025-03-04'].map((date) => [
    date,
    OTHERS.flatMap((name, i) => [`10:0${i} ${name} 今天又刨了${i}块榉木板`, `10:1${i} ${name} 砂带磨完${i}遍还不够细`]).join(
      '\n',
    ),
  ]);
  const risen = OTHERS.map(
    (name, i) => `1${i}:00 ${name} ${'甲乙丙丁戊己庚辛壬癸'[i]}号${['换', '买', '见', '用'][i % 4]}飞轮${'了吧过的'[i % 3]}`,
  ).join('\n');

  it('tells the words that rose, with how many messages hold them', async () => {
    const knowledge = await opened(days({ ...Object.fromEntries(fillers), [DATE]: risen }));
    const { rising } = digestOn(knowledge, DATE, { days: 7 });
    expect(rising).toContainEqual({ word: '飞轮', times: 10, before: 0 });
    expect(rising.map(({ word }) => word)).not.toContain('砂带');
    expect(digestOn(knowledge, DATE).rising).toEqual([]);
  });

  it('does not tell the name of somebody who wants to be forgotten, however often others say it', async () => {
    const knowledge = await opened(days({ ...Object.fromEntries(fillers), [DATE]: risen }));
    knowledge.heed({ forgotten: [{ names: ['飞轮'] }], hidden: [], judgements: [] });
    expect(digestOn(knowledge, DATE, { days: 7 }).rising.map(({ word }) => word)).not.toContain('飞轮');
  });

  it('holds what its days hold', async () => {
    const knowledge = await opened(days({ [DATE]: glueTalk('10'), [NEXT]: glueTalk('15'), '2025-03-16': '12:00 石头 砂带断了' }));
    expect(digestOn(knowledge, DATE, { days: 7 })).toMatchObject({ messages: 19, byDay: [9, 9, 0, 0, 0, 0, 1] });
  });
});
