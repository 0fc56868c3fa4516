/** What the fonts of a card can draw, asked of the real fonts. */
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { drawable } from '../../../../bot/reply/card/drawable.js';
import { covers, FAMILIES, readFonts, slicesFor } from '../../../../bot/reply/card/fonts.js';

const fonts = readFonts();
const shown = (text: string) => drawable(text, (character) => covers(fonts, character));

describe('a text becomes', () => {
  test.each([
    ["WeChat's codes: the emoji they name", '好了[强][捂脸]', '好了👍🤦'],
    ['other brackets: themselves', '[文件][2018]数组[0]', '[文件][2018]数组[0]'],
    ['the name of something every object has: itself', '[valueOf]', '[valueOf]'],
    ['emoji of several code points: themselves', '👨‍👩‍👧‍👦 👍🏽 🇨🇳 1️⃣ ❤️', '👨‍👩‍👧‍👦 👍🏽 🇨🇳 1️⃣ ❤️'],
    ['traditional and rare characters: themselves', '龘喆堃訊錄羣裏嘅𠮷', '龘喆堃訊錄羣裏嘅𠮷'],
    ['Greek, Cyrillic, kana and accents: themselves', 'ωμ Жук カナ é', 'ωμ Жук カナ é'],
    ['a sign for which another stands: that one', 'Ⅱ期 Ⓖ', 'II期 Ⓖ'],
    ['letters of unknown scripts: one sign for all of them', 'ไทย群', '〓群'],
    ['letters from right to left: the same', 'שלום עולם群', '〓群'],
    ['heaps of accents: the letter', 'z͑ͫ̓a̴l', 'zal'],
    ['turns of direction and other invisible things: nothing', 'a\u202eb\u2068c\u2069\u200b', 'abc'],
  ])('%s', (_, text, expected) => {
    expect(shown(text)).toBe(expected);
  });
  test('something that needs no further change, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(shown(shown(text))).toBe(shown(text));
      }),
    );
  });
});

describe('no box is drawn', () => {
  const size = 24;
  const context = createCanvas(size, size).getContext('2d');
  const drawn = (sign: string) => {
    context.clearRect(0, 0, size, size);
    context.font = `400 18px ${FAMILIES.join(', ')}`;
    context.fillText(sign, 2, 18);
    return Buffer.from(context.getImageData(0, 0, size, size).data).toString('base64');
  };
  const samples = [
    '的一是了我不人在他有这上们来到时大地为子中你说生国年着就那和要她出也得里后自以会',
    '訊錄羣裏龜嘅咗們來這裡為雲龍鳳點麼體臺灣龘喆堃鑫焱淼㎡℃→★■●①②③〓',
    '，。！？、；：（）《》「」『』【】…—～·“”‘’％＠￥',
    'ABCXYZabcxyz0123456789.,:;!?/@#%&*()[]{}<>=+-_~ωμΩЖщéüカナひら',
    '👍👏🤦😁🤭🌹👌🙏😏🤝🙂😄😳🤓😟😅🙄😊😆😢😈😓😍💰😕🥺🐶😜🧧😱😌😖❓😩😰😭🤗💀🤐😮💪☕🫠🦾',
  ];
  beforeAll(() => {
    for (const { path, family } of slicesFor(fonts, samples.join(''))) GlobalFonts.registerFromPath(path, family);
  });
  test.each(samples)('for any of %s', (sample) => {
    const box = drawn('\u{10ffff}');
    const boxes = Array.from(sample).filter((sign) => covers(fonts, sign) && drawn(sign) === box);
    expect(boxes).toEqual([]);
    expect(shown(sample)).toBe(sample);
  });
});
