/** What 状态 says of the meaning model: a member can tell whether answers in other words may be expected. */
import { describe, expect, test } from 'vitest';
import { replies } from '../../../bot/reply/texts.js';
import { summary } from '../fakes.js';

describe('状态 says of the meaning model', () => {
  const told = (meaning?: Parameters<typeof replies.status>[0]['meaning']) =>
    replies.status({ figures: summary, meaning, lastHeard: undefined, gaps: [], digest: undefined, version: '1' });

  test.each([
    ['没有用', undefined],
    ['在用', { model: 'm', ready: 9, total: 9 }],
    ['正在读聊天记录，33%', { model: 'm', ready: 3, total: 9 }],
    ['正在下载', { ready: 0, total: 0, fetching: { done: 1, total: 2 } }],
    ['用不了，暂时只凭字词查找', { model: 'm', ready: 9, total: 9, fault: 'the endpoint refused the key secret-key' }],
  ])('%s', (expected, meaning) => {
    expect(told(meaning)).toContain(`语义模型：${expected}`);
  });

  test('nothing of the fault itself, which may name an address', () => {
    expect(told({ ready: 0, total: 0, fault: 'no answer from http://example' })).not.toContain('http');
  });
});
