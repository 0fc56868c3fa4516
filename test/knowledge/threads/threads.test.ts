import { beforeAll, describe, expect, it } from 'vitest';
import { sampleDivider } from './talk-for-test.js';

let divided: (text: string) => readonly (readonly number[])[];
beforeAll(async () => {
  divided = await sampleDivider();
});

describe('A conversation', () => {
  it('holds a question and its answers', () => {
    expect(
      divided(`
        10:00 小林 请教一下，PETG 打印总是拉丝，温度要怎么调？
        10:01 阿树 先把回抽加到 1.5 毫米
        10:02 小林 回抽已经是 2 毫米了
        10:03 阿树 那温度降十度试试
        10:05 小林 好的，谢谢`),
    ).toEqual([[0, 1, 2, 3, 4]]);
  });

  it('is over when the room has been silent for hours', () => {
    expect(
      divided(`
        10:00 小林 激光切三毫米的椴木板功率开多少？
        10:01 阿树 六成，速度十五
        18:00 老周 各位，周末工坊几点开门？
        18:01 小美 九点`),
    ).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  it('begins when somebody turns to all with something else', () => {
    expect(
      divided(`
        10:00 小林 激光切三毫米的椴木板功率开多少？
        10:01 阿树 六成，速度十五
        10:02 小林 谢谢
        10:40 老周 请问大家有没有人用过 ESP32 的摄像头模块，画面总是发绿怎么办？
        10:41 小美 换一个镜头试试，发绿是镜头没有滤光片
        10:42 老周 原来是滤光片的问题`),
    ).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
  });

  it('is kept apart from another that runs through it', () => {
    expect(
      divided(`
        10:00 小林 请教大家，PETG 打印总是拉丝，喷头温度要怎么调？
        10:01 阿树 @小林 PETG 的喷头温度降到 230
        10:30 老周 请问大家有没有人用过 ESP32 的摄像头模块，画面总是发绿怎么办？
        10:31 小美 @老周 ESP32 的摄像头要换镜头
        10:32 小林 @阿树 喷头温度 230 还是拉丝
        10:33 老周 @小美 镜头换了还是发绿
        10:34 阿树 @小林 那就加回抽`),
    ).toEqual([
      [0, 1, 4, 6],
      [2, 3, 5],
    ]);
  });

  it('stays in its room', () => {
    expect(
      divided(`
        工坊/10:00 小林 PETG 打印拉丝怎么调？
        激光组/10:00 小林 椴木板切不透怎么办？
        工坊/10:01 阿树 降温度
        激光组/10:01 阿树 降速度`),
    ).toEqual([
      [0, 2],
      [1, 3],
    ]);
  });
});

describe('A native quotation', () => {
  it('joins the conversation quoted, whatever was said between', () => {
    const threads = divided(`
      10:00 小林 请教大家，PETG 打印总是拉丝，喷头温度要怎么调？
      10:01 阿树 喷头温度降到 230
      10:30 老周 请问大家有没有人用过 ESP32 的摄像头模块，画面总是发绿怎么办？
      10:31 小美 换镜头
      10:32 老周 在哪里买
      10:33 阿土 >1 我这里要 225 才不拉丝`);
    expect(threads[0]).toEqual([0, 1, 5]);
  });

  it('joins it even days later, with those who go on there', () => {
    const threads = divided(`
      10:00 小林 请教大家，PETG 打印总是拉丝，喷头温度要怎么调？
      10:01 阿树 喷头温度降到 230
      58:00 老周 今天工坊几点关门？
      58:01 小美 十点
      82:00 阿土 >0 我上周也拉丝，后来烘干就好了
      82:01 小林 @阿土 烘干要几个小时？
      82:02 阿土 @小林 六个小时`);
    expect(threads).toEqual([
      [0, 1, 4, 5, 6],
      [2, 3],
    ]);
  });
});

describe('A guest talk', () => {
  const announced = `
    19:00 小美 今天请到 @阿树 给大家做分享，主题是“激光切割入门”，欢迎欢迎
    19:01 老周 签到
    19:02 小林 签到
    19:03 阿土 [鼓掌]`;
  const lecture = Array.from(
    { length: 80 },
    (_, i) => `19:${10 + Math.floor(i / 2)}:${i % 2 ? '30' : '00'} 阿树 第 ${i + 1} 点，先讲功率和速度怎么配`,
  ).join('\n');

  it('is one thread, with those who sign in and the questions to the guest, however long', () => {
    const threads = divided(`${announced}
      ${lecture}
      19:51 阿土 签到
      19:52 小林 请问一下，椴木板和亚克力的功率要分开调吗？
      19:53 阿树 要分开
      19:54 老周 大家有没有人用过国产的激光管，寿命怎么样？
      19:55 阿树 我用过，一年`);
    expect(threads).toHaveLength(1);
  });

  it('is over when the guest has been silent for a while', () => {
    const threads = divided(`${announced}
      ${lecture}
      20:50 小林 请问大家有没有人用过 ESP32 的摄像头模块，画面总是发绿怎么办？
      20:51 阿土 @小林 ESP32 的摄像头要换镜头`);
    expect(threads.map((thread) => thread.length)).toEqual([84, 2]);
  });

  it('takes nobody in who was not invited to talk', () => {
    const threads = divided(`
      19:00 小美 今天请到 @阿树 给大家做分享，主题是“激光切割入门”，欢迎欢迎
      19:01 老周 签到
      19:40 小林 请问大家有没有人用过 ESP32 的摄像头模块，画面总是发绿怎么办？
      19:41 阿土 @小林 ESP32 的摄像头要换镜头
      19:42 阿树 我来晚了，现在开始，先讲功率和速度`);
    expect(threads).toEqual([
      [0, 1, 4],
      [2, 3],
    ]);
  });
});
