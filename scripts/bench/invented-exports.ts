/**
 * Exports of a group that never was, as large as is wanted, for measuring an import.
 *
 * In: a format, bytes, a file. Out: the file; the same content each time. Written in portions, so its size costs no memory.
 */
import { closeSync, openSync, writeSync } from 'node:fs';

export type InventedFormat = 'jsonl' | 'csv' | 'json';

interface Invented {
  readonly head: string;
  readonly between: string;
  readonly end: string;
  readonly message: (i: number) => string;
}

const PEOPLE = 200;
/** A lively group says so much in a day. */
const A_DAY = 3_000;
const START = Date.parse('2020-01-01T00:00:00+08:00') / 1000;
const WORDS = [
  '这个',
  '参数',
  '上次',
  '调过',
  '记得',
  '先',
  '看',
  '日志',
  '再',
  '重启',
  '试试',
  '温度',
  '速度',
  '文档',
  '里',
  '有',
  '写',
];

function textOf(i: number): string {
  const length = 4 + ((i * 7) % 23);
  return `${i}：${Array.from({ length }, (_, k) => WORDS[(i * 31 + k * k * 7) % WORDS.length]).join('')}。`;
}

/** Every hundredth message comes a day late, as where several databases were put together. */
function secondOf(i: number): number {
  const second = START + Math.floor((i * 86_400) / A_DAY);
  return i % 100 === 99 ? second - 86_400 : second;
}

function personOf(i: number): { readonly sender: string; readonly name: string } {
  const person = (i * 17 + (i >> 3)) % PEOPLE;
  return { sender: `wxid_invented${person}`, name: `某人${person}-某公司-某市` };
}

const FORMATS: Readonly<Record<InventedFormat, Invented>> = {
  jsonl: {
    head: '{"_type":"header","chatlab":{"version":"0.0.2"},"meta":{"name":"没有的群"}}\n',
    between: '\n',
    end: '\n',
    message: (i) => `{"_type":"message",${chatlabFields(i)}}`,
  },
  json: {
    head: '{"chatlab":{"version":"0.0.2"},"meta":{"name":"没有的群"},"messages":[\n',
    between: ',\n',
    end: ']}\n',
    message: (i) => `{${chatlabFields(i)}}`,
  },
  csv: {
    head: 'Time,SenderName,Sender,TalkerName,Talker,Content\n',
    between: '\n',
    end: '\n',
    message(i) {
      const { sender, name } = personOf(i);
      const time = new Date((secondOf(i) + 8 * 3600) * 1000).toISOString().slice(0, 19).replace('T', ' ');
      return `${time},${name},${sender},没有的群,1@chatroom,"${textOf(i)}${i % 5 === 0 ? '\n""第二行""' : ''}"`;
    },
  },
};

function chatlabFields(i: number): string {
  const { sender, name } = personOf(i);
  const reply = i % 10 === 9 ? `,"replyToMessageId":"${i - 3}"` : '';
  return `"sender":"${sender}","accountName":"${name}","timestamp":${secondOf(i)},"type":0,"content":"${textOf(i)}","platformMessageId":"${i}"${reply}`;
}

/** Out: how many messages the file has; at least one. */
export function writeInvented(format: InventedFormat, bytes: number, file: string): number {
  const { head, between, end, message } = FORMATS[format];
  const out = openSync(file, 'w');
  try {
    let written = writeSync(out, head);
    let count = 0;
    while (count === 0 || written < bytes) {
      const portion = Array.from({ length: 1000 }, (_, k) => message(count + k)).join(between);
      written += writeSync(out, count === 0 ? portion : between + portion);
      count += 1000;
    }
    writeSync(out, end);
    return count;
  } finally {
    closeSync(out);
  }
}
