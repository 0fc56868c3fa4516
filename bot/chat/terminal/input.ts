/**
 * A typed line -> what the user of the terminal group wants.
 *
 * In: the line and the names of the members. Out: something said (perhaps as another member) or a command of the terminal.
 */

export type Typed =
  | { readonly kind: 'nothing' }
  /** `as` is absent if the user speaks for himself. */
  | { readonly kind: 'say'; readonly text: string; readonly as?: string }
  | { readonly kind: 'members' | 'small-talk' | 'help' | 'leave' }
  | { readonly kind: 'become'; readonly name: string }
  | { readonly kind: 'unknown'; readonly command: string };

const COMMANDS: ReadonlyMap<string, 'members' | 'small-talk' | 'help' | 'leave'> = new Map([
  ['成员', 'members'],
  ['闲聊', 'small-talk'],
  ['帮助', 'help'],
  ['help', 'help'],
  ['退出', 'leave'],
  ['exit', 'leave'],
  ['quit', 'leave'],
]);

/** @example readLine('老许：@群史 怎么报销', ['老许']) // { kind: 'say', as: '老许', text: '@群史 怎么报销' } */
export function readLine(line: string, members: readonly string[]): Typed {
  const text = line.trim();
  if (text === '') return { kind: 'nothing' };
  const command = /^[/／]\s*(\S+)\s*(.*)$/.exec(text);
  if (command !== null) {
    const [, word = '', rest = ''] = command;
    if (word === '我是') return { kind: 'become', name: rest };
    const kind = COMMANDS.get(word.toLowerCase());
    return kind === undefined ? { kind: 'unknown', command: `/${word}` } : { kind };
  }
  const as = members.find((name) => text.startsWith(`${name}：`) || text.startsWith(`${name}:`));
  const said = as === undefined ? text : text.slice(as.length + 1).trim();
  if (said === '') return { kind: 'nothing' };
  return as === undefined ? { kind: 'say', text: said } : { kind: 'say', text: said, as };
}
