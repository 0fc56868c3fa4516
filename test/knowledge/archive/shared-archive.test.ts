/** Large real archives, where they are at hand: every header is found, at its line, and nothing is warned of in vain. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { emptyArchive, type LoadedArchive, loadArchive } from '../../../knowledge/archive/load.js';
import { sharedData } from '../../shared.js';
import { shanghai } from './archive-on-disk.js';

interface Header {
  readonly file: string;
  readonly line: number;
  readonly time: string;
  readonly name: string;
  readonly body: string;
}

/** Reads headers with the plainest means, to compare with. */
function headersBelow(root: string): readonly Header[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.markdown'));
  return files.sort().flatMap((file) => {
    const headers: (Header & { body: string })[] = [];
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .forEach((row, i) => {
        const match = /^> (\d\d:\d\d:\d\d) {2}(.*?)\s*$/.exec(row);
        const last = headers.at(-1);
        if (match) headers.push({ file, line: i + 1, time: match[1] ?? '', name: match[2] ?? '', body: '' });
        else if (last) last.body += row.trim();
      });
    return headers;
  });
}

const bare = (text: string): string => text.replace(/\s/g, '');
const shared = sharedData();

describe.skipIf(!shared)('a day of a real group', () => {
  let archive: LoadedArchive;
  let headers: readonly Header[];
  beforeAll(async () => {
    archive = await loadArchive(shared?.seed ?? '', shanghai, emptyArchive(), () => undefined);
    headers = headersBelow(shared?.seed ?? '');
  });

  it('has 205 messages by 29 names, 4 of them pictures', () => {
    expect(archive.messages).toHaveLength(205);
    expect(new Set(archive.messages.map(({ name }) => name)).size).toBe(29);
    expect(archive.messages.filter(({ kind }) => kind === 'image')).toHaveLength(4);
    expect(archive.warnings).toEqual([]);
  });

  it('is read message by message: line, time, name and words', () => {
    const read = archive.messages.map(({ file, line, at, name }) => ({ file, line, time: shanghai.local(at).time, name }));
    expect(read).toEqual(headers.map(({ file, line, time, name }) => ({ file, line, time, name })));
    archive.messages.forEach(({ text, quoted }, i) => {
      const body = headers[i]?.body ?? '';
      if (!quoted && !body.includes('&')) expect(bare(text)).toBe(bare(body));
    });
  });

  it('begins and ends with the right message', () => {
    const pinned = [archive.messages[0], archive.messages.at(-1)].map((message) => ({
      line: message?.line,
      time: message && shanghai.local(message.at).time,
      kind: message?.kind,
      name: message?.name.length,
      hash: createHash('sha256')
        .update(message?.text ?? '')
        .digest('hex')
        .slice(0, 12),
    }));
    expect(pinned).toMatchInlineSnapshot(`
      [
        {
          "hash": "21254b6127e6",
          "kind": "text",
          "line": 9,
          "name": 3,
          "time": "07:43:27",
        },
        {
          "hash": "8f0e10474ea6",
          "kind": "text",
          "line": 825,
          "name": 3,
          "time": "23:58:40",
        },
      ]
    `);
  });
});

describe.skipIf(!shared)('two rooms over ten months', () => {
  let archive: LoadedArchive;
  let headers: readonly Header[];
  beforeAll(async () => {
    archive = await loadArchive(shared?.archive ?? '', shanghai, emptyArchive(), () => undefined);
    headers = headersBelow(shared?.archive ?? '');
  }, 120_000);

  it('are read whole: 364 files, 90,967 headers, nothing warned of', () => {
    expect(archive.files).toHaveLength(364);
    expect(headers).toHaveLength(90_967);
    expect(archive.warnings).toEqual([]);
    expect(archive.messages.length + archive.doubles).toBe(90_967);
  });

  it('has every header once, at its line, with its name and time', () => {
    const entries = archive.files.flatMap((file) => file.entries);
    const key = (file: string, line: number, time: string) => `${file}:${line} ${time}`;
    expect(entries.map(({ file, line, at }) => key(file, line, shanghai.local(at).time))).toEqual(
      headers.map(({ file, line, time }) => key(file, line, time)),
    );
    const addresses = archive.messages.flatMap((message) =>
      [message, ...message.copies].map(({ file, line }) => `${file}:${line}`),
    );
    expect(new Set(addresses).size).toBe(90_967);
    entries.forEach(({ name }, i) => {
      const header = headers[i]?.name ?? '';
      if (header !== '' && !header.includes('&') && name !== header) expect(bare(name)).toBe(bare(header));
    });
  });

  it('folds copies of one text in one room within a second, and nothing else', () => {
    const byAddress = new Map(
      archive.files.flatMap((file) => file.entries).map((entry) => [`${entry.file}:${entry.line}`, entry]),
    );
    for (const message of archive.messages) {
      for (const { file, line } of message.copies) {
        const copy = byAddress.get(`${file}:${line}`);
        expect(copy?.room).toBe(message.room);
        expect(bare(copy?.text ?? '')).toBe(bare(message.text));
        expect(Math.abs((copy?.at ?? 0) - message.at)).toBeLessThanOrEqual(1000);
      }
    }
    const days = new Set(archive.messages.filter(({ copies }) => copies.length > 0).map(({ at }) => shanghai.local(at).date));
    // Two exports were merged in these days; on the others three people sent a text twice.
    expect([...days].filter((date) => date >= '2017-12-17' && date <= '2017-12-27')).toHaveLength(11);
    expect(days.size).toBeLessThanOrEqual(14);
  });

  it('knows who `我` is on every day, and never as two of those who talk to him', () => {
    const self = archive.messages.filter(({ name }) => name === '我');
    expect(self.length).toBeGreaterThan(1000);
    expect(self.filter(({ speaker }) => archive.people.speakers[speaker]?.names[0] === '我')).toEqual([]);
    expect(new Set(self.map(({ speaker }) => speaker)).size).toBe(2);
  });

  it('links nearly every quotation to the message quoted', () => {
    const quoting = archive.messages.filter(({ quoted }) => quoted);
    expect(quoting.length).toBeGreaterThan(200);
    expect(quoting.filter(({ replyTo }) => replyTo !== undefined).length / quoting.length).toBeGreaterThan(0.97);
    for (const { index, room, replyTo } of quoting) {
      if (replyTo === undefined) continue;
      expect(replyTo).toBeLessThan(index);
      expect(archive.messages[replyTo]?.room).toBe(room);
    }
  });
});
