/**
 * The lines of a transcript -> blocks: a header and the lines that belong to it, up to the next header.
 *
 * People paste talk into talk, so a line that looks like a header need not be one. It is taken for one if
 * - a blank line stands before it, in a file whose messages are divided by blank lines; that, the file's beginning tells;
 * - it is not earlier than the message before it by more than ten minutes; or the file does not return to where it was within the
 *   thirty headers that follow, as where exports were put together. At the end of the file it is what it looks like.
 * What cannot be told: pasted talk that is as late as the message it was pasted into.
 */
import type { ExportSource } from './export-format.js';

export interface BlockHeader {
  /** Seconds on any scale that grows with time; absent: the header is not judged by its time. */
  readonly order?: number;
}

export interface Block<H> {
  /** Of the header, from 1. */
  readonly line: number;
  readonly header: H;
  /** Without outer blanks. */
  readonly body: string;
}

export interface BlockLayout<H extends BlockHeader> {
  readonly headerOf: (line: string) => H | undefined;
  readonly needsBlankBefore: boolean;
}

/** Messages are sorted, but one that was sent late may stand a little behind; seconds. */
const BACKWARDS = 600;
/** Nobody pastes more messages than that into one. */
const PASTED = 30;
/** So many lines tell how a file is laid out. */
const BEGINNING = 2000;

interface OpenBlock<H> {
  readonly line: number;
  readonly header: H;
  readonly text: string;
  readonly lines: string[];
}

/** The first lines of a file, for finding out how it is laid out. */
export async function firstLines(source: ExportSource): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const portion of source.lines()) {
    lines.push(...portion.slice(0, BEGINNING - lines.length));
    if (lines.length >= BEGINNING) break;
  }
  return lines;
}

/** The layout of a file whose headers these are: blank lines divide its messages if they stand before half of its headers or more. */
export function layoutOf<H extends BlockHeader>(
  lines: readonly string[],
  headerOf: (line: string) => H | undefined,
): BlockLayout<H> {
  const headers = lines.flatMap((line, i) => (headerOf(line) ? [i] : [])).slice(1);
  const divided = headers.filter((i) => isBlank(lines[i - 1]));
  return { headerOf, needsBlankBefore: divided.length * 2 >= headers.length };
}

/** Portions of blocks in file order. `onLoose` is told of every line before the first header that is not blank. */
export async function* blocksOf<H extends BlockHeader>(
  source: ExportSource,
  layout: BlockLayout<H>,
  onLoose: (line: number, text: string) => void,
): AsyncIterable<readonly Block<H>[]> {
  const collector = collect<H>();
  let line = 0;
  let before: string | undefined;
  for await (const portion of source.lines()) {
    for (const text of portion) {
      line++;
      const mayBegin = isBlank(before) || !layout.needsBlankBefore;
      before = text;
      const header = mayBegin ? layout.headerOf(text) : undefined;
      if (header !== undefined) collector.begin({ line, header, text, lines: [] });
      else if (!collector.add(text) && !isBlank(text)) onLoose(line, text);
    }
    const blocks = collector.done();
    if (blocks.length > 0) yield blocks;
  }
  collector.end();
  yield collector.done();
}

interface Collector<H> {
  begin(block: OpenBlock<H>): void;
  /** False before the first header. */
  add(text: string): boolean;
  end(): void;
  /** What is finished and was not given before. */
  done(): readonly Block<H>[];
}

function collect<H extends BlockHeader>(): Collector<H> {
  let finished: Block<H>[] = [];
  let open: OpenBlock<H> | undefined;
  /** Headers that are earlier than the message before them, until it is known what they are. */
  let held: OpenBlock<H>[] = [];
  let latest = Number.NEGATIVE_INFINITY;
  const finish = (): void => {
    if (open) finished.push(closed(open), ...held.map(closed));
    held = [];
  };
  return {
    begin(block) {
      const order = block.header.order ?? latest;
      const isEarlier = open !== undefined && order < latest - BACKWARDS;
      if (isEarlier && held.length < PASTED) {
        held.push(block);
        return;
      }
      if (open && !isEarlier) {
        takeBack(open, held);
        held = [];
      }
      finish();
      latest = isEarlier ? order : Math.max(latest, order);
      open = block;
    },
    add(text) {
      const block = held.at(-1) ?? open;
      block?.lines.push(text);
      return block !== undefined;
    },
    end: finish,
    done() {
      const blocks = finished;
      finished = [];
      return blocks;
    },
  };
}

/** One by one: a block may have more lines than a call may have arguments. */
function takeBack<H>(open: OpenBlock<H>, pasted: readonly OpenBlock<H>[]): void {
  for (const { text, lines } of pasted) {
    open.lines.push(text);
    for (const line of lines) open.lines.push(line);
  }
}

function closed<H>({ line, header, lines }: OpenBlock<H>): Block<H> {
  return { line, header, body: lines.join('\n').trim() };
}

export function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === '';
}

/** Whether the beginning of a file is the beginning of a transcript: its first line is a header. */
export function beginsWithHeader(head: string, headerOf: (line: string) => unknown): boolean {
  const first = linesOfHead(head).find((line) => !isBlank(line));
  return first !== undefined && headerOf(first) !== undefined;
}

/** The lines of a file's beginning, without their ends. */
export function linesOfHead(head: string): readonly string[] {
  return head.replace(/^\ufeff/, '').split(/\r?\n/);
}
