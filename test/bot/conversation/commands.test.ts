import { describe, expect, test } from 'vitest';
import { parseCommand } from '../../../bot/conversation/commands.js';

describe('opening a thread by its number', () => {
  test.each(['1', '１', ' 1 ', '1。', '①', '1\u3000'])('%j alone', (text) => {
    expect(parseCommand(text)).toEqual({ kind: 'open', number: 1, bare: true });
  });
  test.each(['展开2', '展开 2', '展开　２', '展开第2段', '展开二', '「展开 2」'])('%j', (text) => {
    expect(parseCommand(text)).toEqual({ kind: 'open', number: 2, bare: false });
  });
  test('all ten excerpts of an answer can be opened', () => {
    expect(parseCommand('10')).toMatchObject({ kind: 'open', number: 10 });
    expect(parseCommand('展开十')).toMatchObject({ kind: 'open', number: 10 });
  });
});

test.each([
  ['更多', 'more'],
  ['「更多」', 'more'],
  ['更多 ', 'more'],
  ['上文', 'previous-pages'],
  ['下文', 'next-pages'],
  ['帮助', 'help'],
  ['Help', 'help'],
])('%j means %s', (text, kind) => {
  expect(parseCommand(text)).toEqual({ kind });
});

test.each(['0', '01', '217', '1个', '第1条', '一', '1号机坏了', '更多信息在哪里', '展开', '展开说说', '1 2', ''])(
  '%j is no command',
  (text) => {
    expect(parseCommand(text)).toBeUndefined();
  },
);
