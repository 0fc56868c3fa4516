/** Starting from a snapshot: the same answers, and nothing of a snapshot that cannot be trusted. */
import { cpSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openKnowledge } from '../../knowledge/index.js';
import { decodeSections, encodeSections } from '../../knowledge/snapshot/sections.js';
import { day, put } from './archive/archive-on-disk.js';
import { everythingIn, temporaryFolder } from './kept-archive.js';
import { DAY_AFTER, MAIN_ROOM, SAMPLE } from './sample-for-test.js';

const QUESTIONS = ['PETG 拉丝怎么调', '激光切亚克力', '来自:阿棠 热床', '喷嘴堵了怎办'];
const now = () => DAY_AFTER;

function sampleCopy(): string {
  const archive = temporaryFolder();
  cpSync(SAMPLE, archive, { recursive: true });
  return archive;
}

/** Opens, waits until the snapshot is there, tells all that is known, and closes. */
async function visit(
  archive: string,
  snapshot: string,
  zone?: string,
): Promise<{ readonly known: unknown; readonly read: number }> {
  const stages: string[] = [];
  const options = { archive, snapshot, now, onProgress: ({ stage }: { stage: string }) => stages.push(stage) };
  const knowledge = await openKnowledge(zone === undefined ? options : { ...options, zone });
  const answers = await Promise.all(QUESTIONS.map((question) => knowledge.ask(question)));
  const known = { everything: everythingIn(knowledge), answers };
  await knowledge.close();
  return { known, read: stages.filter((stage) => stage === 'threads').length };
}

const snapshotIn = (folder: string): string => join(folder, readdirSync(folder)[0] as string);

describe('a start from a snapshot', () => {
  it('knows and answers what the first start did, without dividing threads again', async () => {
    const [archive, snapshot] = [sampleCopy(), temporaryFolder()];
    const first = await visit(archive, snapshot);
    expect(first.read).toBe(1);
    const second = await visit(archive, snapshot);
    expect(second.read).toBe(0);
    expect(second.known).toEqual(first.known);
  });

  it('sees what changed since', async () => {
    const [archive, snapshot] = [sampleCopy(), temporaryFolder()];
    await visit(archive, snapshot);
    put(archive, `${MAIN_ROOM}/_posts/2025-03-30-chat.markdown`, day(['09:00:00', '小鱼', '蛋白石耗材多少度？']));
    put(archive, `${MAIN_ROOM}/_posts/2025-03-12-chat.markdown`, day(['09:00:00', '小鱼', '这天都删了']));
    const knowledge = await openKnowledge({ archive, snapshot, now });
    const [found] = (await knowledge.ask('"蛋白石耗材"')).excerpts;
    expect(found?.quotes[0]?.text).toBe('蛋白石耗材多少度？');
    const fresh = await openKnowledge({ archive, now });
    const { seconds: _, ...counts } = fresh.summary();
    expect(knowledge.summary()).toMatchObject(counts);
    await knowledge.close();
  });

  it('knows what was known after a day was taken away, whose words it does not keep', async () => {
    const [archive, snapshot] = [sampleCopy(), temporaryFolder()];
    put(archive, `${MAIN_ROOM}/_posts/2025-02-20-chat.markdown`, day(['09:00:00', '小鱼', 'zanzibar 耗材缠成 quagmire 了']));
    const knowledge = await openKnowledge({ archive, snapshot, now });
    rmSync(join(archive, `${MAIN_ROOM}/_posts/2025-02-20-chat.markdown`));
    await knowledge.reload();
    const answers = await Promise.all(QUESTIONS.map((question) => knowledge.ask(question)));
    const known = { everything: everythingIn(knowledge), answers };
    await knowledge.close();
    expect(readFileSync(snapshotIn(snapshot), 'utf8')).not.toMatch(/zanzibar|quagmire/);
    const again = await visit(archive, snapshot);
    expect(again.read).toBe(0);
    expect(again.known).toEqual(known);
  });

  it('sees other aliases and another zone', async () => {
    const [archive, snapshot] = [sampleCopy(), temporaryFolder()];
    await visit(archive, snapshot);
    put(archive, 'aliases.txt', '灰斑鸠 = 阿棠\n');
    const { known } = await visit(archive, snapshot);
    expect(known).toEqual((await visit(archive, temporaryFolder())).known);
    const tokyo = await visit(archive, snapshot, 'Asia/Tokyo');
    expect(tokyo.known).toEqual((await visit(archive, temporaryFolder(), 'Asia/Tokyo')).known);
  });

  it('takes nothing from the snapshot of another archive', async () => {
    const snapshot = temporaryFolder();
    await visit(sampleCopy(), snapshot);
    const other = temporaryFolder();
    put(other, '乙/2025-03-03-chat.markdown', day(['09:00:00', '小鱼', '只有这一句']));
    const knowledge = await openKnowledge({ archive: other, snapshot, now });
    expect(knowledge.summary()).toMatchObject({ messages: 1, rooms: ['乙'] });
    await knowledge.close();
  });

  it('is the owner’s alone to read', async () => {
    const snapshot = temporaryFolder();
    await visit(sampleCopy(), snapshot);
    expect(statSync(snapshotIn(snapshot)).mode & 0o777).toBe(0o600);
  });

  it('goes without one where none can be written, and says so', async () => {
    const archive = sampleCopy();
    const faults: string[] = [];
    const knowledge = await openKnowledge({
      archive,
      snapshot: join(archive, 'README.md', 'no'),
      onSnapshotFault: (fault) => faults.push(fault),
    });
    await knowledge.settled();
    expect(faults).toEqual([expect.stringContaining('no snapshot in')]);
    await knowledge.close();
  });
});

describe('a snapshot that is not whole', () => {
  it.each([0, 5, 17, 25, 400, 0.3, 0.7, 0.999])('is not trusted when cut at %d', async (share) => {
    const [archive, snapshot] = [sampleCopy(), temporaryFolder()];
    const first = await visit(archive, snapshot);
    const file = snapshotIn(snapshot);
    truncateSync(file, share < 1 ? Math.floor(share * statSync(file).size) : share);
    const again = await visit(archive, snapshot);
    expect([again.read, again.known]).toEqual([1, first.known]);
    expect((await visit(archive, snapshot)).read).toBe(0);
  });

  it('is not trusted if the program that wrote it was another', async () => {
    const [archive, snapshot] = [sampleCopy(), temporaryFolder()];
    await visit(archive, snapshot);
    const file = snapshotIn(snapshot);
    const sections = decodeSections(readFileSync(file));
    const plain = sections?.plain as { readonly origin: string };
    const older = { ...plain, origin: plain.origin.replace(/[0-9a-f]{64}/, 'a'.repeat(64)) };
    writeFileSync(file, Buffer.concat(encodeSections(older, sections?.arrays ?? {})));
    expect((await visit(archive, snapshot)).read).toBe(1);
  });

  it('is not trusted if its form was another, though its checksum is right', async () => {
    const [archive, snapshot] = [sampleCopy(), temporaryFolder()];
    await visit(archive, snapshot);
    const file = snapshotIn(snapshot);
    const bytes = readFileSync(file);
    bytes.write('qunshi snapshot 0\n');
    bytes.writeUInt32LE(crc32(bytes.subarray(0, -4)), bytes.length - 4);
    writeFileSync(file, bytes);
    expect((await visit(archive, snapshot)).read).toBe(1);
  });
});

describe('sections', () => {
  const arrays = fc.record({
    one: fc.int32Array().map((array) => Int32Array.from(array)),
    two: fc.float64Array({ noNaN: true }).map((array) => Float64Array.from(array)),
    three: fc.uint8Array().map((array) => Uint8Array.from(array)),
  });
  const plain = fc.array(fc.string({ unit: 'binary' }));

  it('come back as they were', () => {
    fc.assert(
      fc.property(plain, arrays, (some, numbers) => {
        const bytes = Buffer.concat(encodeSections(some, numbers));
        expect(decodeSections(bytes)).toEqual({ plain: some, arrays: numbers });
      }),
    );
  });

  it('do not come back when a bit was flipped or the end is missing', () => {
    fc.assert(
      fc.property(plain, arrays, fc.double({ min: 0, max: 0.999999, noNaN: true }), fc.nat(7), (some, numbers, share, bit) => {
        const bytes = Buffer.concat(encodeSections(some, numbers));
        const at = Math.floor(share * bytes.length);
        const flipped = Buffer.from(bytes);
        flipped[at] = (flipped[at] as number) ^ (1 << bit);
        expect(decodeSections(flipped)).toBeUndefined();
        expect(decodeSections(bytes.subarray(0, at))).toBeUndefined();
      }),
    );
  });
});
