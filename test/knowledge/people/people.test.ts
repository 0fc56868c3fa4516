/** Who is who: what joins two names, and what keeps them apart. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { affiliation, ownName, plainName } from '../../../knowledge/people/names.js';
import { runs } from '../../properties.js';
import { day, loadFiles, namesOf } from '../archive/archive-on-disk.js';

type Said = readonly [string, string, string];

const file = (date: string) => `书友/2025-03-${date}-chat.markdown`;
const days = (...said: readonly (readonly Said[])[]) =>
  loadFiles(Object.fromEntries(said.map((messages, i) => [file(String(i + 1).padStart(2, '0')), day(...messages)])));
const clock = (minute: number, second = 0) =>
  `${String(9 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:${String(second).padStart(2, '0')}`;

/** Five days on which others are mentioned a hundred times, so that an answer by one person stands out from chance. */
const smallTalk = Array.from({ length: 5 }, (_, date) =>
  Array.from({ length: 20 }, (_, i): Said[] => [
    [clock(i * 12), `群友${i}号`, `@路人${20 * date + i}-某公司 你好`],
    [clock(i * 12, 5), `热心${i}号`, '你好呀'],
  ]).flat(),
);

function asked(card: string, by: string, times: number): readonly Said[] {
  return Array.from({ length: times }, (_, i): Said[] => [
    [clock(i * 12), `提问${i}号`, `@${card}\u2005请教一下`],
    [clock(i * 12, 20), by, `这样就行，第 ${i} 次说了`],
  ]).flat();
}

describe('names are one person', () => {
  it('when a card begins with the nickname', async () => {
    const archive = await days(
      [['09:00:00', '阿棠', '早']],
      [['09:00:00', '阿棠-半亩工坊-小批量-苏州', '早']],
      [['09:00:00', '阿棠??', '早']],
    );
    expect(namesOf(archive, '阿棠')).toEqual(['阿棠', '阿棠-半亩工坊-小批量-苏州', '阿棠??']);
    expect(archive.people.speakers).toHaveLength(1);
  });

  it('when the card names the company a little differently', async () => {
    const archive = await days([['09:00:00', '秦守义-守拙-车铣', '早']], [['09:00:00', '秦守义-守拙机加-上海', '早']]);
    expect(archive.people.speakers).toHaveLength(1);
  });

  it('when the same person keeps answering an @name that nobody prints', async () => {
    const archive = await days(asked('周知鹤-折纸鹤-设计', '纸鹤', 5), ...smallTalk);
    expect(namesOf(archive, '纸鹤')).toEqual(['周知鹤-折纸鹤-设计', '纸鹤']);
  });

  it('when a quotation gives the card and the transcript the nickname', async () => {
    const archive = await days([
      ['09:00:00', '纸鹤', '激光切亚克力的边怎么才能不发黄'],
      ['09:01:00', '老秦', '「周知鹤-折纸鹤-设计：激光切亚克力的边怎么才能不发黄」 - - - - - - - - - - - - - - - 贴纸'],
    ]);
    expect(namesOf(archive, '纸鹤')).toEqual(['周知鹤-折纸鹤-设计', '纸鹤']);
  });
});

describe('names are two people', () => {
  it('when companies differ', async () => {
    const archive = await days([['09:00:00', '张洋-青瓦模型-重庆', '早']], [['09:00:00', '张洋-鹿角电子-深圳', '早']]);
    expect(archive.people.speakers).toHaveLength(2);
  });

  it('when they talk on one day', async () => {
    const archive = await days([
      ['09:00:00', '阿棠', '早'],
      ['09:01:00', '阿棠-半亩工坊-苏州', '早'],
    ]);
    expect(archive.people.speakers).toHaveLength(2);
  });

  it("when a nickname is another company's already", async () => {
    const twice = (time: string, text: string): Said[] => [
      [time, 'Andy', text],
      [time, '冯玲-风铃手作-昆明', text],
    ];
    const archive = await days(
      [...twice('09:00:00', '今天的材料到了'), ...twice('09:01:00', '需要的来拿'), ...twice('09:02:00', '下午五点之前')],
      [['09:00:00', 'Andy-飞鱼灯饰-CTO', '早']],
    );
    expect(namesOf(archive, '冯玲')).toEqual(['Andy', '冯玲-风铃手作-昆明']);
    expect(archive.people.find('Andy-飞鱼灯饰-CTO')).not.toEqual(archive.people.find('冯玲'));
  });

  it('when few answers speak against what the names say', async () => {
    const few = await days(asked('唐青-铁皮青蛙-玩具', '罗弯-风车小站-航模', 5), ...smallTalk);
    expect(namesOf(few, '罗弯')).toEqual(['罗弯-风车小站-航模']);
    const many = await days(asked('唐青-铁皮青蛙-玩具', '罗弯-风车小站-航模', 9), ...smallTalk);
    expect(namesOf(many, '罗弯')).toEqual(['唐青-铁皮青蛙-玩具', '罗弯-风车小站-航模']);
  });

  it('when it is only that one of them answers everybody', async () => {
    const all = ['周知鹤-折纸鹤', '秦守义-守拙', '罗弯-风车', '苗雨-涂色'].flatMap((card, i) =>
      asked(card, '群主', 4).map(
        ([time, name, text]): Said => [
          time.replace(/:(\d\d)$/, `:${String(i * 10 + (name === '群主' ? 5 : 0)).padStart(2, '0')}`),
          name,
          text,
        ],
      ),
    );
    const archive = await days(
      [...all].sort((a, b) => (a[0] < b[0] ? -1 : 1)),
      ...smallTalk,
    );
    expect(namesOf(archive, '群主')).toEqual(['群主']);
  });

  it('when a lost name stands on several days', async () => {
    const archive = await days(
      [
        ['09:00:00', '■', '今天谁在'],
        ['09:00:00', '何山-土拨鼠-佛山', '今天谁在'],
      ],
      [['09:00:00', '■', '早']],
    );
    expect(namesOf(archive, '何山')).toEqual(['何山-土拨鼠-佛山']);
  });
});

describe('`我`', () => {
  const twice = (name: string, ...said: readonly (readonly [string, string])[]): Said[] =>
    said.flatMap(([time, text]): Said[] => [
      [time, '我', text],
      [time, name, text],
    ]);
  const merged = [
    ...twice(
      '灰斑鸠',
      ['09:00:00', '欢迎新来的各位'],
      ['09:01:00', '先看一下群公告'],
      ['09:02:00', '不懂的随便问'],
      ['09:03:00', '图纸在群文件里'],
    ),
    ['09:04:00', '老秦', '谢谢群主，我看看'] as const,
    ['09:04:00', '秦守义-守拙', '谢谢群主，我看看'] as const,
  ];

  it('is whom the copies name, on that day and on others', async () => {
    const archive = await days(merged, [
      ['09:00:00', '我', '早'],
      ['09:01:00', '老秦', '早啊'],
    ]);
    const self = archive.messages.filter(({ name, text }) => name === '我' || text === '早');
    expect(self.length).toBe(5);
    expect(new Set(self.map(({ speaker }) => speaker))).toEqual(new Set(archive.people.find('灰斑鸠')));
  });

  it('is not somebody who talks beside it', async () => {
    const archive = await days(merged, [
      ['09:00:00', '我', '早'],
      ['09:01:00', '灰斑鸠', '早啊'],
    ]);
    expect(archive.messages.find(({ text }) => text === '早')?.speaker).not.toBe(archive.people.find('灰斑鸠')[0]);
  });

  it('is another person each day where nothing tells', async () => {
    const archive = await days([['09:00:00', '我', '早']], [['09:00:00', '我', '早']]);
    expect(archive.people.speakers.map(({ names }) => names)).toEqual([['我'], ['我']]);
  });
});

describe('an @', () => {
  it("means the longest name that follows it, the own name if it is one person's, and nobody otherwise", async () => {
    const archive = await days(
      [
        ['09:00:00', '张洋-青瓦模型-重庆', '早'],
        ['09:00:01', '张洋-鹿角电子-深圳', '早'],
        ['09:00:02', '阿棠-半亩工坊', '早'],
        ['09:00:03', 'J. J.', '早'],
      ],
      [
        ['09:00:00', '老秦', '@J. J. @阿棠-新公司\u2005@张洋-青瓦模型-重庆?看看'],
        ['09:01:00', '老秦', '@张洋\u2005@所有人 a@b.c'],
      ],
    );
    const who = (name: string) => archive.people.find(name)[0];
    expect(archive.messages.at(-2)?.mentions).toEqual([who('J. J.'), who('阿棠'), who('张洋-青瓦模型-重庆')]);
    expect(archive.messages.at(-1)?.mentions).toEqual([]);
  });
});

describe('looking for a person', () => {
  it('finds the whole name, else the own name, else a part', async () => {
    const archive = await days([
      ['09:00:00', '东方', '早'],
      ['09:00:01', '东方-半亩工坊', '早'],
      ['09:00:02', '秦守义-守拙机加', '早'],
    ]);
    expect(archive.people.find('@东方')).toHaveLength(1);
    expect(archive.people.find('东方-别处')).toHaveLength(2);
    expect(archive.people.find('守拙')).toEqual(archive.people.find('秦守义'));
    expect(archive.people.find('没有')).toEqual([]);
    expect(archive.people.find(' @ ')).toEqual([]);
  });
});

describe('any names', () => {
  it('are taken apart without an exception', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        for (const part of [ownName(name), affiliation(name)]) {
          expect(part).toBe(part.trim());
          expect(plainName(name)).toContain(part);
        }
      }),
    );
  });

  it('give each message one speaker, who carries its name', async () => {
    const name = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom('我', '■', '阿棠', '阿棠-半亩', '阿棠-别处', '??'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(name, { maxLength: 8 }), { maxLength: 4 }), async (said) => {
        const archive = await days(
          ...said.map((names) => names.map((one, i): Said => [clock(i), one, `@${names[0]} 第 ${i} 句`])),
        );
        for (const { speaker, name, mentions } of archive.messages) {
          expect(archive.people.speakers[speaker]?.id).toBe(speaker);
          if (name !== '我') expect(archive.people.speakers[speaker]?.names).toContain(name);
          for (const id of mentions) expect(archive.people.speakers[id]).toBeDefined();
        }
      }),
      runs(30),
    );
  });
});
