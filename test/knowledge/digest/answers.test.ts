/** What is shown as the answer to a question, and what is only said next to it. */
import { describe, expect, it } from 'vitest';
import { answerTo } from '../../../knowledge/digest/answers.js';
import { learnLore } from '../../../knowledge/threads/lore.js';
import { messagesOf } from '../message-for-test.js';

const answered = (...texts: readonly string[]) => {
  const thread = messagesOf(...texts);
  const [question] = thread;
  return question && answerTo(question, thread, learnLore(thread))?.text;
};

describe('the answer to a question', () => {
  it('is what speaks of the same, though something else was said first', () => {
    const answer = '樱桃木开裂多半是含水率太高，晾两周再开料';
    expect(answered('樱桃木开料以后老是开裂怎么处理？', '今天食堂有红烧肉', answer)).toBe(answer);
  });

  it('may be short if nothing else could be it', () => {
    expect(answered('木蜡油要刷几遍？', '两遍')).toBe('两遍');
  });

  it('may repeat the question in front of it', () => {
    expect(answered('木蜡油要刷几遍？', '木蜡油要刷几遍？两遍')).toBe('木蜡油要刷几遍？两遍');
    const story = '我有两个徒弟今天去同一家木工坊面试同一个位置，掌柜跟我很熟，刚才打电话来问我，到底要哪个好？';
    expect(answered(story, `${story}最后掌柜说，干脆你自己来吧`)).toBeUndefined();
  });

  it('has a number where one is asked for', () => {
    expect(answered('烘干窑到底要烧到多少度啊', '我家柴犬又把拖鞋叼走啦', '先60，再慢慢加到75')).toBe('先60，再慢慢加到75');
  });

  it('is no article on something else', () => {
    expect(answered('樱桃木开料以后老是开裂怎么处理？', '本市今年新建三座公共图书馆。'.repeat(12))).toBeUndefined();
  });

  it.each([
    '搬小板凳坐等',
    '同问，我也卡在这里',
    '这个问题我们之前也讨论过',
    '估计大家都在担心这个',
    'n^_^',
    '转：樱桃木开料以后老是开裂怎么处理？',
  ])('is not %s', (remark) => {
    expect(answered('樱桃木开料以后老是开裂怎么处理？', remark)).toBeUndefined();
  });
});
