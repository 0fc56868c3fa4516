import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calledWith } from '../../../bot/conversation/mention.js';
import { anyText } from '../fakes.js';

const quoted = (text: string) => `「阿哲：${text}」\n- - - - - - - - - - - - - - -\n`;

describe('the bot is called', () => {
  test.each([
    ['with the space the phone writes', '@群史\u2005怎么报销', '怎么报销'],
    ['with an ordinary space', '@群史 怎么报销', '怎么报销'],
    ['at the end', '怎么报销 @群史', '怎么报销'],
    ['in the middle', '请问 @群史 怎么报销', '请问 怎么报销'],
    ['with a line break behind the name', '@群史\n怎么报销', '怎么报销'],
    ['without any separator', '@群史你好', '你好'],
    ['without a separator, Latin behind a Chinese name', '@群史API怎么用', 'API怎么用'],
    ['with a comma', '@群史，怎么报销', '怎么报销'],
    ['with a full-width sign', '＠群史 怎么报销', '怎么报销'],
    ['behind Chinese text without a space', '那就问问@群史怎么报销', '那就问问 怎么报销'],
    ['behind dots', '这个...@群史 怎么报销', '这个... 怎么报销'],
    ['twice', '@群史 怎么报销 @群史\u2005', '怎么报销'],
    ['together with somebody else, whose mark stays', '@阿哲\u2005@群史\u2005怎么报销', '@阿哲 怎么报销'],
    ['without another word', '@群史\u2005', ''],
    ['with punctuation only', '@群史？', '？'],
    ['in a reply that quotes somebody', `${quoted('周五开会')}@群史 几点开会`, '几点开会'],
    [
      'in a reply whose quote stands on the same line',
      '「阿哲：周五开会」 - - - - - - - - - - - - - - - @群史 几点开会',
      '几点开会',
    ],
  ])('%s', (_, text, said) => {
    expect(calledWith(text, ['群史'])).toBe(said);
  });

  test.each([
    ['a name with a space', '@Group Bot\u2005hi', ['Group Bot'], 'hi'],
    ['a name with a space, written with another one', '@Group\u00a0Bot hi', ['Group Bot'], 'hi'],
    ['a Latin name in small letters', '@groupbot hi', ['GroupBot'], 'hi'],
    ['a Latin name with Chinese behind it', '@GroupBot你好', ['GroupBot'], '你好'],
    ['a name with an emoji', '@小助手🤖 在吗', ['小助手🤖'], '在吗'],
    ['a name of signs that mean something in patterns', '@C++ (bot)? [a-z]*.$ 在吗', ['C++ (bot)? [a-z]*.$'], '在吗'],
    ['its alias in the room', '@小助手 在吗', ['小助手', '群史'], '在吗'],
    ['the longer one of two names', '@群史助手 在吗', ['群史', '群史助手'], '在吗'],
  ])('%s', (_, text, names, said) => {
    expect(calledWith(text, names)).toBe(said);
  });

  test('line breaks inside the question stay', () => {
    expect(calledWith('@群史 方案如下:\n1. 先备份', ['群史'])).toBe('方案如下:\n1. 先备份');
  });
});

describe('the bot is not called', () => {
  test.each([
    ['nobody is', '大家好'],
    ['its name is spoken without the sign', '群史今天不说话'],
    ['an e-mail address', '发到 x@群史.com 吧'],
    ['an e-mail address of a Latin name', 'mail x@GroupBot ok'],
    ['a domain behind the sign', '@群史.com 打不开'],
    ['everybody is', '@所有人 开会'],
    ['somebody else is', '@阿哲 怎么报销'],
    ['a Latin name goes on', '@GroupBots hi'],
    ['the phone wrote a longer name', '@群史官方\u2005怎么报销'],
    ['only the quoted message calls it', `${quoted('@群史 怎么报销')}同意`],
    ['only the quoted message calls it, on one line', '「阿哲：@群史 怎么报销」 - - - - - - - - - - - - - - - 同意'],
    ['a quoted message that itself quotes something', `${quoted('「笑死」@群史 怎么报销')}同意`],
  ])('%s', (_, text) => {
    expect(calledWith(text, ['群史', 'GroupBot'])).toBeUndefined();
  });

  test('a bot without a name is never called', () => {
    expect(calledWith('@ 在吗 @群史', ['', ' '])).toBeUndefined();
  });
});

test('any text and any name can be looked for; a name with its sign in front is found again', () => {
  fc.assert(
    fc.property(anyText, anyText, (text, name) => {
      calledWith(text, [name]);
      fc.pre(name.trim() !== '' && !/[「」@＠]/.test(name));
      expect(calledWith(`@${name.trim()}\n在吗`, [name])).toBe('在吗');
    }),
  );
});
