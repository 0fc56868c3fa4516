/** Which message of a conversation becomes its title, and which one stands next to it. */
import { describe, expect, it } from 'vitest';
import { bearerOf, companionOf } from '../../../knowledge/digest/carrying.js';
import { centroidOf } from '../../../knowledge/digest/characteristic.js';
import { questionReader } from '../../../knowledge/digest/questions.js';
import { learnLore } from '../../../knowledge/threads/lore.js';
import { messagesOf, type Said } from '../message-for-test.js';

const read = questionReader([]);

/** Title message and companion of a conversation whose people are called so. */
function told(said: readonly (string | Said)[], names: readonly string[] = []) {
  const telling = messagesOf(...said);
  const centroid = centroidOf(telling, learnLore(telling), names);
  const bearer = bearerOf(telling, centroid, read);
  return { title: bearer.text, companion: companionOf(bearer, telling, centroid)?.text };
}

describe('the title of a conversation', () => {
  it('is about what several took up, not what one said again and again', () => {
    const { title } = told([
      { speaker: 1, text: '我家柴犬咬坏新拖鞋，柴犬咬拖鞋上瘾' },
      { speaker: 0, text: '车床的皮带打滑，主轴转速上不去' },
      { speaker: 1, text: '柴犬咬坏新拖鞋没完没了，一天一只' },
      { speaker: 2, text: '皮带打滑多半是张紧轮松了' },
      { speaker: 1, text: '柴犬咬坏新拖鞋，躲到床底下去了' },
      { speaker: 1, text: '柴犬咬坏新拖鞋埋进花盆里面了' },
      { speaker: 3, text: '张紧轮紧一紧，皮带再打点松香' },
      { speaker: 1, text: '柴犬咬坏新拖鞋，全是泥巴口水' },
    ]);
    expect(title).toBe('车床的皮带打滑，主轴转速上不去');
  });

  it('is the question that several went into, wherever it was asked', () => {
    const question = '榉木勺子打磨到多少目才可以上木蜡油？';
    const { title } = told([
      { speaker: 0, text: '榉木勺子打磨到四百目，木蜡油打磨后再上' },
      { speaker: 1, text: '勺子的柄削得比上次匀称' },
      { speaker: 1, text: question },
      { speaker: 2, text: '榉木勺子打磨到四百目就可以上木蜡油' },
      { speaker: 3, text: '我都是六百目再上木蜡油，榉木摸着更滑' },
      { speaker: 0, text: '打磨到四百目，上完木蜡油再拿棉布擦' },
    ]);
    expect(title).toBe(question);
  });

  it('is no jest and nobody’s praise, though all answer to it', () => {
    const { title } = told(
      [
        { speaker: 0, text: '台锯的靠山怎么都调不平行，差了两毫米' },
        { speaker: 1, text: '老槐真是木工坊的一代偶像级人物[偷笑]' },
        { speaker: 2, text: '老槐是木工坊好多人的偶像[呲牙]' },
        { speaker: 3, text: '一代偶像老槐，木工坊之光[偷笑]' },
        { speaker: 4, text: '靠山先松后端的螺丝，对着锯片量平行' },
      ],
      ['老槐'],
    );
    expect(title).toBe('台锯的靠山怎么都调不平行，差了两毫米');
  });

  it.each(['大家好，我是罗山，现在负责烘干窑和含水率探头', '大家好！我来自罗山，公司主营烘干窑和含水率探头'])(
    'is not how somebody presents himself: %s',
    (text) => {
      const { title } = told([
        { speaker: 0, text },
        { speaker: 1, text: '烘干窑的含水率一直偏高，我以为是窑门漏风' },
        { speaker: 2, text: '含水率偏高先换烘干窑的探头' },
      ]);
      expect(title).not.toContain('罗山');
    },
  );
});

describe('what stands next to a title', () => {
  it('speaks of the same', () => {
    const { companion } = told([
      { speaker: 0, text: '车床的皮带打滑，主轴转速上不去' },
      { speaker: 1, text: '激光管用了一年半，切五毫米都费劲' },
      { speaker: 2, text: '皮带打滑多半是张紧轮松了' },
      { speaker: 1, text: '激光管电流开满了还是切不透' },
    ]);
    expect(companion).toBe('皮带打滑多半是张紧轮松了');
  });

  it('is nothing where nobody else speaks of it', () => {
    const { companion } = told([
      { speaker: 0, text: '车床的皮带打滑，主轴转速上不去' },
      { speaker: 0, text: '皮带换了一条，车床还是老样子' },
      { speaker: 1, text: '中午有人订盒饭没有收到' },
    ]);
    expect(companion).toBeUndefined();
  });

  it('is not the same once more', () => {
    const { companion } = told([
      { speaker: 0, text: '车床的皮带打滑，主轴转速上不去' },
      { speaker: 1, text: '转发：车床的皮带打滑，主轴转速上不去' },
      { speaker: 2, text: '皮带打滑多半是张紧轮松了' },
    ]);
    expect(companion).toBe('皮带打滑多半是张紧轮松了');
  });

  it('may be a reply in other words', () => {
    const { companion } = told([
      { speaker: 0, text: '车床的皮带打滑，主轴转速上不去' },
      { speaker: 1, text: '张紧轮松了，去调一调螺丝', replyTo: 0 },
    ]);
    expect(companion).toBe('张紧轮松了，去调一调螺丝');
  });
});
