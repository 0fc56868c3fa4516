/** What counts as a question that somebody may answer on the next morning, and in which words it is told. */
import { describe, expect, it } from 'vitest';
import { questionReader, standsAlone } from '../../../knowledge/digest/questions.js';
import { messagesOf } from '../message-for-test.js';

const read = questionReader([{ id: 0, names: ['罗山 木工坊 店长', '罗山'] }]);
const asked = (text: string, mentions: readonly number[] = []) => {
  const [message] = messagesOf(text);
  const question = message && read({ ...message, mentions });
  return message && question && standsAlone(message, question) ? question : undefined;
};

describe('a question', () => {
  it.each([
    ['请教大家，胶合板切到一半卡住了怎么处理？', '胶合板切到一半卡住了怎么处理？'],
    ['各位大神，请教一个问题：热床温度一直上不去是哪里坏了？', '热床温度一直上不去是哪里坏了？'],
    ['大家好！弱弱问一下，木蜡油要刷多少遍合适啊', '木蜡油要刷多少遍合适啊'],
    ['麻烦问一下大家，哪有卖紫光檀边料的啊？', '哪有卖紫光檀边料的啊？'],
    ['请问有人用过水溶性的支撑材料吗', '有人用过水溶性的支撑材料吗'],
    ['@罗山 木工坊 店长?周末开门到几点？要预约吗？', '周末开门到几点？要预约吗？'],
    ['问一下，大家的刨刀是用油石还是用砂纸磨', '大家的刨刀是用油石还是用砂纸磨'],
    ['@罗山-木工坊-店长?台锯的靠山怎么调平行？', '台锯的靠山怎么调平行？'],
    ['机器昨天搬了家。现在一开机就报警是什么原因？', '机器昨天搬了家。现在一开机就报警是什么原因？'],
  ])('%s is told as %s', (text, told) => {
    expect(asked(text, [0])?.text).toBe(told);
  });

  it.each([
    ['谁有激光切割的参数表，求分享', true],
    ['有做过亚克力弯折的朋友吗？', true],
    ['木蜡油要刷多少遍合适啊', false],
  ])('%s turns to the whole group in words: %s', (text, isAppeal) => {
    expect(asked(text)?.isAppeal).toBe(isAppeal);
  });
});

describe('no question', () => {
  it.each([
    ['请教大家个问题', 'a call for attention'],
    ['在吗？', 'a greeting'],
    ['难道要我自己去买？', 'a rhetorical question'],
    ['这不是早就说过了吗', 'a rhetorical question'],
    ['谁知道呢，随他去吧', 'a rhetorical question'],
    ['大家有什么问题下班以后我一起回答', 'an offer'],
    ['看客户怎么谈，我们一般收三成', 'a statement with 怎么 in it'],
    ['我还得向各位多请教', 'modesty'],
    ['那后来怎么修好的？', 'what takes up the talk before'],
    ['祝大家新年快乐??????', 'lost emoji'],
    ['这家店可以查三年的记录。?有个小程序', 'a mark that the export printed for something else'],
    ['https://example.com/?id=1', 'an address'],
    ['今天请到 @罗山-木工坊-店长? 给我们讲台锯', 'a mark that the export printed behind a name'],
    ['【整理】老槐：怎么给小件报价', 'a headline'],
    ['喷完晾几个小时自己就干透了', 'a number that is not known'],
    ['我说的是最多能切几毫米', 'what explains a question before'],
  ])('is %s: %s', (text) => {
    expect(asked(text)).toBeUndefined();
  });
});
