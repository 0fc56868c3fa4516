/**
 * The dialogue between the user and the terminal group.
 *
 * In: a group, and where lines come from and texts go to. Out: fulfilled when the user leaves (/退出, Ctrl-C, Ctrl-D, end of a pipe).
 */
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { terminal } from '../../reply/texts.js';
import type { TerminalGroup } from './group.js';
import { readLine } from './input.js';
import { bubble, displayWidth, wrap } from './screen.js';

/** A frame wider than this is hard to read, columns. */
const WIDEST_BUBBLE = 76;

const PREVIOUS_LINE_CLEARED = '\u001b[A\u001b[2K\r';

export interface Terminal {
  readonly input: Readable;
  readonly output: Writable & { readonly columns?: number; readonly isTTY?: boolean };
}

/** Prints everything said in the group: members in a line, the bot in a bubble. */
export function showGroup(group: TerminalGroup, output: Terminal['output'], hidesMembers: () => boolean = () => false): void {
  group.watch(({ name, text, byBot, privatelyTo }) => {
    const from = privatelyTo === undefined ? name : terminal.privately(name, privatelyTo);
    if (byBot) output.write(`${bubble(from, text, Math.min((output.columns ?? WIDEST_BUBBLE + 1) - 1, WIDEST_BUBBLE))}\n`);
    else if (!hidesMembers()) output.write(`${terminal.said(name, text)}\n`);
  });
}

export interface SessionOptions {
  readonly group: TerminalGroup;
  /** The member the user speaks for at first. */
  readonly you: string;
  readonly welcome: readonly string[];
}

export async function runSession({ group, you: first, welcome }: SessionOptions, { input, output }: Terminal): Promise<void> {
  const interactive = output.isTTY === true && (input as { isTTY?: boolean }).isTTY === true;
  const lines = createInterface({ input, output, terminal: interactive });
  lines.on('SIGINT', () => lines.close());
  const width = (output.columns ?? WIDEST_BUBBLE + 1) - 1;
  const print = (text: string) => output.write(`${interactive ? wrap(text, width).join('\n') : text}\n`);

  let you = first;
  let typing = false;
  // What the user types stands on an interactive screen already, behind the prompt with his name.
  showGroup(group, output, () => interactive && typing);
  print(`${welcome.join('\n')}\n`);

  let talks = 0;
  prompt(lines, interactive, you);
  for await (const line of lines) {
    const typed = readLine(line, group.members());
    switch (typed.kind) {
      case 'say':
        typing = typed.as === undefined || typed.as === you;
        // Said as somebody else, the typed line gives way to the line the group sees.
        if (interactive && !typing && displayWidth(terminal.prompt(you) + line) <= width) output.write(PREVIOUS_LINE_CLEARED);
        await group.say(typed.as ?? you, typed.text);
        typing = false;
        break;
      case 'become':
        if (typed.name === '') print(terminal.whoAreYou);
        else {
          you = typed.name;
          print(terminal.youAre(you));
        }
        break;
      case 'members':
        print(terminal.membersAre([...new Set([...group.members(), you])], you));
        break;
      case 'small-talk':
        for (const [name, text] of terminal.smallTalk[talks % terminal.smallTalk.length] ?? []) await group.say(name, text);
        talks += 1;
        break;
      case 'help':
        print(terminal.help.join('\n'));
        break;
      case 'unknown':
        print(terminal.unknownCommand(typed.command));
        break;
      case 'nothing':
        break;
      case 'leave':
        lines.close();
        break;
    }
    if (typed.kind === 'leave') break;
    prompt(lines, interactive, you);
  }
  print(`${interactive ? '\n' : ''}${terminal.bye}`);
}

function prompt(lines: Interface, interactive: boolean, you: string): void {
  if (!interactive) return;
  lines.setPrompt(terminal.prompt(you));
  lines.prompt();
}
