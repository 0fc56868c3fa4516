/** The CSV of newer versions of MemoTrace: ids of the platform, types as words, quotations behind the replies. */
import { expect, it } from 'vitest';
import { memotraceCsv } from '../../../../knowledge/archive/formats/memotrace-csv.js';
import { kindsOf, readFixture } from './export-for-test.js';

const FILE = 'memotrace-csv/group.csv';

it('has times, ids, and the name in the group before all others; a remark goes last', async () => {
  const { messages, said } = await readFixture(memotraceCsv, FILE);
  expect(said[0]).toEqual(['2024-05-01 09:00:00', '豆浆-城南店', '面团醒多久？\n冬天呢，还是"老规矩"？']);
  expect(messages[0]).toMatchObject({ line: 2, id: '8801', alsoKnownAs: ['豆浆', '豆浆老板'] });
  expect(messages[1]).toMatchObject({ name: '油条', alsoKnownAs: ['油条: 早'] });
  expect(messages.at(-1)).not.toHaveProperty('id');
});

it('parts a reply from what it quotes, whatever the quoted name holds', async () => {
  const { messages } = await readFixture(memotraceCsv, FILE);
  const quoted = { name: '豆浆-城南店', text: '面团醒多久？\n冬天呢，还是"老规矩"？' };
  expect(messages[1]).toMatchObject({ body: '四个钟头', quoted });
  expect(messages[7]).toMatchObject({ body: '记下了', quoted: { name: '油条: 早', text: '四个钟头' } });
});

it('tells talk from all else by the type, and of notices nobody’s name', async () => {
  const read = await readFixture(memotraceCsv, FILE);
  const kinds = [undefined, undefined, 'image', 'link', 'system', 'redpacket', 'card', undefined, undefined];
  expect(kindsOf(read)).toEqual(kinds);
  expect(read.messages[4]).toMatchObject({ name: '', body: '"油条"邀请"花卷"加入了群聊' });
  expect(read.messages[6]?.body).toBe('[未知类型]');
});

it('leaves out rows without a time or with too few cells', async () => {
  expect((await readFixture(memotraceCsv, FILE)).skipped).toEqual([
    '24: a row of 3 cells instead of 5, left out',
    '25: a row without a time ("昨天"), left out',
  ]);
});
