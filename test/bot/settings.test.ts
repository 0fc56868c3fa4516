import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readEnvFile, readSettings, SettingsError } from '../../bot/settings.js';

function faultsOf(variables: Record<string, string>): readonly string[] {
  try {
    readSettings(variables);
  } catch (error) {
    if (error instanceof SettingsError) return error.message.split('\n');
    throw error;
  }
  return [];
}

describe('without any setting', () => {
  test('the sample is opened in the terminal group', () => {
    expect(readSettings({})).toMatchObject({
      archive: join(process.cwd(), 'knowledge', 'sample'),
      isSample: true,
      zone: 'Asia/Shanghai',
      dataDir: join(process.cwd(), 'data'),
      logLevel: 'info',
    });
    expect(readSettings({}).puppet).toBeUndefined();
  });
  test('empty values count as not set', () => {
    expect(readSettings({ ARCHIVE: '', WECHATY_PUPPET: ' ', LOG_LEVEL: '' })).toEqual(readSettings({}));
  });
});

describe('settings', () => {
  test('an archive of one’s own is not the sample', () => {
    expect(readSettings({ ARCHIVE: '/my/archive' })).toMatchObject({ archive: '/my/archive', isSample: false });
  });
  test('names are parted by commas, Chinese ones too', () => {
    expect(readSettings({ BOT_NAMES: '小助手， Group Bot,' }).botNames).toEqual(['小助手', 'Group Bot']);
  });
  test('no room is enabled but those that ROOMS names', () => {
    expect(readSettings({}).rooms).toEqual([]);
    expect(readSettings({ ROOMS: '产品群， 架构群,' }).rooms).toEqual(['产品群', '架构群']);
  });
  test('the archive is watched with WATCH=1', () => {
    expect([readSettings({}).watch, readSettings({ WATCH: '1' }).watch, readSettings({ WATCH: '0' }).watch]).toEqual([
      false,
      true,
      false,
    ]);
    expect(faultsOf({ WATCH: 'yes' })).toEqual(['WATCH: expected 0 or 1, got "yes"']);
  });
  test('digests come at nine as text, unless something else is said', () => {
    expect(readSettings({}).digest).toEqual({ time: '09:00', weekly: true, format: 'text', quietDays: 'skip' });
    const said = { DIGEST_AT: '21:30', DIGEST_WEEKLY: '0', DIGEST_FORMAT: 'both', DIGEST_QUIET_DAYS: 'line' };
    expect(readSettings(said).digest).toEqual({ time: '21:30', weekly: false, format: 'both', quietDays: 'line' });
    expect(readSettings({ DIGEST_AT: 'off' }).digest.time).toBeUndefined();
    expect(faultsOf({ DIGEST_AT: '9 Uhr', DIGEST_FORMAT: 'gif' })).toEqual([
      'DIGEST_AT: expected a time of day such as 09:00, or off, got "9 Uhr"',
      'DIGEST_FORMAT: expected text, image or both, got "gif"',
    ]);
  });
  test('rooms are mapped by name', () => {
    expect([...readSettings({ ROOM_MAP: '产品群=proddev,prodarch；架构群 = prodarch;' }).roomMap]).toEqual([
      ['产品群', ['proddev', 'prodarch']],
      ['架构群', ['prodarch']],
    ]);
  });
});

describe('figures', () => {
  test.each([
    ['2', { least: 2, most: 2 }],
    ['0.5-1', { least: 0.5, most: 1 }],
    ['1 - 3', { least: 1, most: 3 }],
  ])('SEND_PAUSE %s', (SEND_PAUSE, sendPause) => {
    expect(readSettings({ SEND_PAUSE }).sendPause).toEqual(sendPause);
  });
  test.each([
    { SEND_PAUSE: '2-1' },
    { SEND_PAUSE: 'fast' },
    { SEND_PAUSE: '-1' },
    { DAILY_CAP: '0' },
    { DAILY_CAP: '1e3' },
    { HTTP_PORT: '80.5' },
    { HTTP_PORT: '65536' },
    { ALERT_WEBHOOK: 'ftp://example.com' },
  ])('%j is wrong', (variables) => {
    expect(faultsOf(variables)).toHaveLength(1);
  });
});

describe('wrong settings', () => {
  test('are told all at once, each by its name and with what was expected', () => {
    const faults = faultsOf({ TIME_ZONE: 'Mars/Olympus', LOG_LEVEL: 'loud', WECHATY_PUPPET: 'rm -rf /', ROOM_MAP: '产品群' });
    expect(faults).toHaveLength(4);
    for (const name of ['TIME_ZONE', 'LOG_LEVEL', 'WECHATY_PUPPET', 'ROOM_MAP']) {
      expect(faults).toContainEqual(expect.stringMatching(new RegExp(`^${name}: expected .+, got ".+"$`)));
    }
  });
  test.each(['=dev', '产品群=', '产品群=,', '产品群=dev;产品群=arch'])('ROOM_MAP %j', (ROOM_MAP) => {
    expect(faultsOf({ ROOM_MAP })).toHaveLength(1);
  });
});

describe('the .env file', () => {
  test('is read like the shell would, and may be missing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'qunshi-'));
    writeFileSync(join(folder, '.env'), '# a comment\nARCHIVE="/my archive"\nBOT_NAMES=小助手\n');
    expect(readEnvFile(join(folder, '.env'))).toEqual({ ARCHIVE: '/my archive', BOT_NAMES: '小助手' });
    expect(readEnvFile(join(folder, 'none'))).toEqual({});
  });
  test('that cannot be read is a fault, not a crash', () => {
    expect(() => readEnvFile(tmpdir())).toThrow(SettingsError);
  });
  test('the example names every setting, and is right as it stands', () => {
    const example = readEnvFile('.env.example');
    expect(Object.keys(example).sort()).toEqual(
      [
        'ALERT_WEBHOOK',
        'ARCHIVE',
        'BOT_NAMES',
        'DAILY_CAP',
        'DATA_DIR',
        'DIGEST_AT',
        'DIGEST_FORMAT',
        'DIGEST_QUIET_DAYS',
        'DIGEST_WEEKLY',
        'EMBEDDING_KEY',
        'EMBEDDING_MODEL',
        'EMBEDDING_URL',
        'HTTP_PORT',
        'LOG_LEVEL',
        'ROOMS',
        'ROOM_MAP',
        'WATCH',
        'SEMANTIC_MODEL',
        'SEND_PAUSE',
        'TIME_ZONE',
        'WECHATY_PUPPET',
      ].sort(),
    );
    expect(readSettings(example)).toEqual(readSettings({}));
  });
});

describe('the meaning model', () => {
  test('is by default in DATA_DIR, and fetched if it is not there', () => {
    expect(readSettings({ DATA_DIR: '/d' }).meaning).toEqual({
      folder: '/d/models/bge-small-zh-v1.5',
      cache: '/d/vectors',
      fetchMissing: true,
    });
  });
  test('is never fetched into a folder that somebody named', () => {
    expect(readSettings({ SEMANTIC_MODEL: '/m', DATA_DIR: '/d' }).meaning).toEqual({
      folder: '/m',
      cache: '/d/vectors',
      fetchMissing: false,
    });
  });
  test('is turned off by none, also where an endpoint is named', () => {
    expect(
      readSettings({ SEMANTIC_MODEL: 'none', EMBEDDING_URL: 'https://api.example.com/v1/embeddings' }).meaning,
    ).toBeUndefined();
  });
  test('may be an endpoint', () => {
    const url = 'https://api.example.com/v1/embeddings';
    expect(readSettings({ EMBEDDING_URL: url, EMBEDDING_MODEL: 'm', EMBEDDING_KEY: 'k', DATA_DIR: '/d' }).meaning).toEqual({
      url,
      model: 'm',
      key: 'k',
      cache: '/d/vectors',
    });
  });
  test('must have a web address there', () => {
    expect(() => readSettings({ EMBEDDING_URL: 'api.example.com' })).toThrow(/EMBEDDING_URL: expected an http or https address/);
  });
});
