/** Days of an invented workshop, written as one reads them, and what the digest of one holds. */
import { onTestFinished } from 'vitest';
import { type Digest, type DigestRequest, digestWindow, type Knowledge, openKnowledge } from '../../../knowledge/index.js';
import { archiveOnDisk, day } from '../archive/archive-on-disk.js';

export const ROOM = '木工坊';

const LINE = /^(\d\d:\d\d(?::\d\d)?) (\S+) (.+)$/;

/** One message a line: `10:05 小明 text`. */
export function transcript(text: string): string {
  const messages = text
    .trim()
    .split('\n')
    .map((line) => {
      const [, time = '', name = '', said = ''] = LINE.exec(line.trim()) ?? [];
      return [time.length === 5 ? `${time}:00` : time, name, said] as const;
    });
  return day(...messages);
}

/** Transcripts by date, or by path below the room. */
export function days(texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(texts).map(([date, text]) => [`${ROOM}/${date}-chat.markdown`, transcript(text)]));
}

export async function opened(files: Readonly<Record<string, string>>, zone = 'Asia/Shanghai'): Promise<Knowledge> {
  const knowledge = await openKnowledge({ archive: archiveOnDisk(files), zone });
  onTestFinished(() => knowledge.close());
  return knowledge;
}

/** Of a day as a rule; the request may say otherwise. */
export function digestOn(
  knowledge: Knowledge,
  date: string,
  { zone = 'Asia/Shanghai', ...request }: Partial<DigestRequest> & { readonly zone?: string } = {},
): Digest {
  const numberOfDays = request.days ?? 1;
  return knowledge.digest({ rooms: [ROOM], ...digestWindow(zone, date, numberOfDays), days: numberOfDays, ...request });
}

/** A conversation of three people, ten messages, from the given hour on. */
export function glueTalk(hour: string): string {
  return `
    ${hour}:00 山雀 请教各位，白乳胶粘樱桃木总是开裂是什么原因？
    ${hour}:02 老槐 樱桃木油性大，白乳胶粘之前要先用酒精擦一遍胶合面
    ${hour}:03 山雀 酒精擦完要等多久才能上白乳胶
    ${hour}:04 老槐 十分钟就干透了，胶合面摸着发涩就可以上胶
    ${hour}:05 小满 夹具的压力也要够，樱桃木胶合面不平整一定会开裂
    ${hour}:06 山雀 我用的是快速夹，可能压力不太够
    ${hour}:07 小满 换成管夹，胶合面每隔二十公分上一个
    ${hour}:08 老槐 还有含水率，樱桃木超过百分之十二就别粘
    ${hour}:09 山雀 明白了，今天晚上测一下含水率再试试看`;
}
