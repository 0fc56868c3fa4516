import { describe, expect, test } from 'vitest';
import { archiveRoomsOf } from '../../../bot/conversation/rooms.js';

const a = { id: 'a', topic: '开发群' };
const b = { id: 'b', topic: '闲聊群' };
const none = new Map<string, readonly string[]>();

describe('a live room may read', () => {
  test('the archive room of the same name, and no other, even if the bot is in this room only', () => {
    expect(archiveRoomsOf(a, { live: [a], alone: true, archive: ['开发群', '老板群'], map: none })).toEqual(['开发群']);
  });
  test('everything, if nothing has its name and there is no other room', () => {
    expect(archiveRoomsOf(a, { live: [a], alone: true, archive: ['dev', 'arch'], map: none })).toEqual(['dev', 'arch']);
  });
  test('nothing, if nothing has its name and there is another room too', () => {
    expect(archiveRoomsOf(a, { live: [a, b], alone: false, archive: ['dev', 'arch'], map: none })).toBeUndefined();
  });
  test('what the settings say, and nothing besides', () => {
    const map = new Map([['开发群', ['dev', 'arch']]]);
    expect(archiveRoomsOf(a, { live: [a, b], alone: false, archive: ['dev', 'arch', '开发群'], map })).toEqual(['dev', 'arch']);
    expect(archiveRoomsOf(b, { live: [a, b], alone: false, archive: ['dev', 'arch', '开发群'], map })).toBeUndefined();
  });
  test('nothing, if the settings name only rooms the archive does not have', () => {
    expect(archiveRoomsOf(a, { live: [a], alone: true, archive: ['dev'], map: new Map([['开发群', ['gone']]]) })).toBeUndefined();
  });
  test('nothing, if another live room has the same name', () => {
    const impostor = { id: 'c', topic: '开发群' };
    expect(archiveRoomsOf(impostor, { live: [a, impostor], alone: false, archive: ['开发群'], map: none })).toBeUndefined();
    expect(archiveRoomsOf(a, { live: [a, impostor], alone: false, archive: ['开发群'], map: none })).toBeUndefined();
  });
  test('nothing of an empty archive', () => {
    expect(archiveRoomsOf(a, { live: [a], alone: true, archive: [], map: none })).toBeUndefined();
  });
});
