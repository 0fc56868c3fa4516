import { expect, test } from 'vitest';
import { readLine } from '../../../../bot/chat/terminal/input.js';

test.each([
  ['大家好', { kind: 'say', text: '大家好' }],
  [' @群史 怎么报销 ', { kind: 'say', text: '@群史 怎么报销' }],
  ['老许：@群史 怎么报销', { kind: 'say', text: '@群史 怎么报销', as: '老许' }],
  ['老许: 好', { kind: 'say', text: '好', as: '老许' }],
  ['注意：明天放假', { kind: 'say', text: '注意：明天放假' }],
  ['/成员', { kind: 'members' }],
  ['／成员', { kind: 'members' }],
  ['/闲聊', { kind: 'small-talk' }],
  ['/帮助', { kind: 'help' }],
  ['/退出', { kind: 'leave' }],
  ['/QUIT', { kind: 'leave' }],
  ['/我是 小 红', { kind: 'become', name: '小 红' }],
  ['/我是', { kind: 'become', name: '' }],
  ['/飞', { kind: 'unknown', command: '/飞' }],
  ['', { kind: 'nothing' }],
  ['老许：', { kind: 'nothing' }],
])('%j', (line, typed) => {
  expect(readLine(line, ['老许', '阿哲'])).toEqual(typed);
});
