import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { segmenter } from '../../../knowledge/text/segment.js';

const everything = () => true;

describe('words of a text', () => {
  it('are those of the general dictionary', () => {
    const { words } = segmenter({ learned: [], stated: [], mayHold: everything });
    expect(words('打印机的温度')).toEqual(['打印机', '的', '温度']);
  });

  it('are also those an admin stated and those learned from the archive', () => {
    const { words } = segmenter({ learned: [['备付金', 40]], stated: ['拓竹'], mayHold: everything });
    expect(words('拓竹的备付金')).toEqual(['拓竹', '的', '备付金']);
  });

  it('are not spoiled by a stated line that is no word', () => {
    const { words } = segmenter({ learned: [], stated: ['拓竹 打印机', '', '  '], mayHold: everything });
    expect(words('打印机')).toEqual(['打印机']);
  });

  it('put together are the text, whatever it is and however few words are known', () => {
    const { words, dictionary } = segmenter({ learned: [], stated: [], mayHold: (word) => word === '温度' });
    expect([...dictionary()]).toEqual(['温度']);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('温', '度', '喷', '嘴', '235', 'petg', ' ', '\n', '。', '👍', 'é'), { maxLength: 40 }),
        (list) => {
          expect(words(list.join('')).join('')).toBe(list.join(''));
        },
      ),
    );
  });
});
