/**
 * The card as it is painted. The pictures it is compared with lie in test/fixtures/cards at a third of the size; after a change of
 * the design, `UPDATE_CARDS=1 npx vitest run test/bot/reply/card/card.test.ts` writes them anew, and somebody looks at them.
 */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createCanvas, loadImage } from '@napi-rs/canvas';
import pixelmatch from 'pixelmatch';
import { describe, expect, test } from 'vitest';
import { CardError, renderCard } from '../../../../bot/reply/card/card.js';
import { cardContent } from '../../../../bot/reply/card/content.js';
import { paintCard } from '../../../../bot/reply/card/paint.js';
import type { Digest } from '../../../../knowledge/index.js';
import { quote } from '../../fakes.js';
import { at, digest, link, local, topic } from '../digests-for-test.js';

/** Any command brings dist/ up to date first. */
const PROGRAM = new URL('../../../../dist/bot/reply/card/program.js', import.meta.url);
const SMALLER = 3;
/** How different two colours may be, 0..1, and which part of the pixels: processors round edges of letters differently. */
const COLOUR_TOLERANCE = 0.15;
const PIXEL_TOLERANCE = 0.002;

async function smaller(png: Uint8Array) {
  const picture = await loadImage(png);
  const [width, height] = [Math.round(picture.width / SMALLER), Math.round(picture.height / SMALLER)];
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, width, height);
  return canvas;
}

function keptCard(name: string): URL {
  return new URL(`../../../fixtures/cards/${name}.png`, import.meta.url);
}

/** The part of the pixels that differs from the picture kept under this name; 1 if it has another size. */
async function differenceFrom(name: string, png: Uint8Array): Promise<number> {
  const canvas = await smaller(png);
  const picture = await loadImage(readFileSync(keptCard(name)));
  const { width, height } = canvas;
  if (picture.width !== width || picture.height !== height) return 1;
  const expected = createCanvas(width, height).getContext('2d');
  expected.drawImage(picture, 0, 0);
  const [ours, theirs] = [canvas.getContext('2d'), expected].map((context) => context.getImageData(0, 0, width, height).data);
  if (ours === undefined || theirs === undefined) return 1;
  return pixelmatch(ours, theirs, undefined, width, height, { threshold: COLOUR_TOLERANCE }) / (width * height);
}

const long = '土要疏松，水要见干见湿，肥要薄施勤施，';
const crowded = digest({
  topics: [
    '番茄苗徒长了怎么办？',
    '滴灌的管子到底埋不埋，冬天怎么收',
    'EC 值多少算高，超过 3.0 要不要冲',
    '蓝莓换盆要不要洗根',
    '謝謝群裡的老師，龜背竹活了',
  ].map((title, i) =>
    topic(title, {
      isQuestion: i < 3,
      people: 12 - i,
      messages: 40 - 5 * i,
      quotes: [
        quote(`${title}${long}${long}${long}`, { speaker: '苏禾' }),
        quote(`${long}${long}[捂脸]`, { speaker: '老许-阳台农场-番茄-成都' }),
      ],
    }),
  ),
  unanswered: ['有人用过椰糠加蚯蚓土的配方吗', '楼顶风大，支架怎么固定？'].map((text) =>
    quote(text, { speaker: '阿哲', time: '19:05:00' }),
  ),
  links: ['阳台堆肥的七个错误', 'https://example.org/tomato/pruning?id=42', '育苗日历.pdf'].map((title) => link(title, '林舟')),
});
const cards: readonly (readonly [string, Digest])[] = [
  ['day', digest()],
  ['crowded', crowded],
  [
    'week',
    digest({
      days: 7,
      to: at('05:00', 10),
      messages: 980,
      byDay: [204, 31, 0, 57, 160, 480, 48],
      usual: { messages: 400, people: 40 },
      rising: [
        { word: '椰糠', times: 23, before: 2 },
        { word: '徒长', times: 14, before: 0 },
      ],
      unanswered: [],
    }),
  ],
];

describe('the card', () => {
  test.each(cards)('of a %s looks as it did', async (name, held) => {
    const png = await paintCard(cardContent(held, local));
    if (process.env.UPDATE_CARDS !== undefined) writeFileSync(keptCard(name), (await smaller(png)).toBuffer('image/png'));
    expect(await differenceFrom(name, png)).toBeLessThan(PIXEL_TOLERANCE);
  });
  test('with another title in it looks different', async () => {
    const other = digest({ topics: [{ ...topic('辣椒苗什么时候移栽？'), quotes: [] }, ...digest().topics.slice(1)] });
    const difference = await differenceFrom('day', await paintCard(cardContent(other, local)));
    expect(difference).toBeGreaterThan(PIXEL_TOLERANCE);
  });
});

describe('painting in a process of its own', () => {
  const programThat = (does: string) => {
    const file = join(mkdtempSync(join(tmpdir(), 'qunshi-card-')), 'program.mjs');
    writeFileSync(file, does);
    return pathToFileURL(file);
  };
  test('gives the same picture', async () => {
    expect(await differenceFrom('crowded', await renderCard(crowded, local, PROGRAM))).toBeLessThan(PIXEL_TOLERANCE);
  });
  test.each([
    ['says why it fails', 'console.error("at x\\nno font"); process.exit(1);', /: no font$/],
    ['ends without a word', 'process.exit(3);', /ended with 3$/],
    ['is killed', 'process.kill(process.pid, "SIGKILL");', /ended with SIGKILL$/],
    ['gives nothing', '', /ended with 0$/],
  ])('is told where the painter %s', async (_, does, message) => {
    const painting = renderCard(crowded, local, programThat(does));
    await expect(painting).rejects.toThrow(CardError);
    await expect(painting).rejects.toThrow(message);
  });
});
