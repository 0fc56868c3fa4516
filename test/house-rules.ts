/**
 * The rules of the house, as functions.
 *
 * In: source files (path from the project's root with `/`, and text). Out: one sentence for every place that breaks a rule.
 */
import { posix } from 'node:path';

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** What a file imports: a package by its name, or a file by its path from the root. */
export type Import = { readonly package: string } | { readonly file: string };

/** The formatter puts every import at the start of a line and its specifier in single quotes, so no parser is needed. */
const SPECIFIERS = [
  /^(?:import|export)\s[^'";]*?\bfrom\s+'([^']+)'/gm,
  /^import\s+'([^']+)'/gm,
  /\b(?:import|require|import\.meta\.resolve)\(\s*'([^']+)'/g,
];

export function importsOf({ path, text }: SourceFile): readonly Import[] {
  return SPECIFIERS.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? '')).map((specifier) =>
    specifier.startsWith('.')
      ? { file: posix.join(posix.dirname(path), specifier).replace(/\.js$/, '.ts') }
      : { package: specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/') },
  );
}

/** The tests take what they need wherever it is, and their names say what they are about. */
function isProgram({ path }: SourceFile): boolean {
  return !path.startsWith('test/');
}

// === Who may import what

/** The naive baseline stands for a program without this one's knowledge/, so it does for itself what is done there. */
const BASELINE = 'scripts/bench/baseline.ts';

const PACKAGE_OWNERS: readonly { readonly packages: RegExp; readonly owners: readonly string[] }[] = [
  { packages: /^(wechaty|wechat4u|file-box)/, owners: ['bot/chat/', 'scripts/soak/'] },
  { packages: /^minisearch$/, owners: ['knowledge/search/', BASELINE] },
  { packages: /^nodejieba$/, owners: ['knowledge/text/', BASELINE] },
  { packages: /^libsql$/, owners: ['bot/state/'] },
  { packages: /^(yauzl|htmlparser2)$/, owners: ['knowledge/archive/formats/'] },
  { packages: /^(onnxruntime-|@huggingface\/)/, owners: ['knowledge/semantic/'] },
];

/** What each part may import of this project; the first line that fits counts. */
const DOORS: readonly { readonly part: string; readonly open: readonly string[] }[] = [
  { part: 'bot/', open: ['bot/', 'knowledge/index.ts'] },
  { part: 'knowledge/', open: ['knowledge/'] },
  // A trainer has to measure exactly what the program measures.
  { part: 'scripts/training/', open: ['scripts/', 'knowledge/'] },
  // A soak is the whole bot, with a crowd in the place of WeChat.
  { part: 'scripts/soak', open: ['scripts/', 'bot/', 'knowledge/index.ts'] },
  {
    part: 'scripts/',
    open: ['scripts/', 'knowledge/index.ts', 'bot/reply/', 'bot/state/', 'bot/progress.ts', 'bot/settings.ts', 'bot/health.ts'],
  },
];

/** Data goes one way: a stage imports only its own and earlier ones. */
const STAGES: readonly (readonly string[])[] = [
  ['knowledge/types.ts'],
  ['knowledge/text/', 'knowledge/semantic/'],
  ['knowledge/archive/', 'knowledge/people/'],
  ['knowledge/threads/'],
  ['knowledge/question/', 'knowledge/semantic/'],
  ['knowledge/search/'],
  ['knowledge/library.ts', 'knowledge/marks.ts', 'knowledge/thread-keys.ts', 'knowledge/division/'],
  ['knowledge/answer/', 'knowledge/digest/'],
  ['knowledge/holdings.ts', 'knowledge/snapshot/', 'knowledge/meaning-service.ts'],
  ['knowledge/keeping.ts'],
];

export function importFaults(files: readonly SourceFile[]): readonly string[] {
  return files.filter(isProgram).flatMap((file) =>
    importsOf(file).flatMap((one) => {
      const fault =
        'package' in one
          ? packageFault(file.path, one.package)
          : (doorFault(file.path, one.file) ?? stageFault(file.path, one.file));
      return fault === undefined ? [] : [`${file.path} ${fault}`];
    }),
  );
}

function packageFault(path: string, name: string): string | undefined {
  const owned = PACKAGE_OWNERS.find(({ packages }) => packages.test(name));
  if (owned === undefined || startsWithAny(path, owned.owners)) return undefined;
  return `imports ${name}, which belongs to ${owned.owners[0]}`;
}

function doorFault(path: string, imported: string): string | undefined {
  const door = DOORS.find(({ part }) => path.startsWith(part));
  return door === undefined || startsWithAny(imported, door.open)
    ? undefined
    : `imports ${imported}, which is not open to ${door.part}`;
}

function stageFault(path: string, imported: string): string | undefined {
  const stageOf = (file: string) => STAGES.findIndex((stage) => startsWithAny(file, stage));
  const own = stageOf(path);
  return own === -1 || stageOf(imported) <= own ? undefined : `imports ${imported}, which comes after it`;
}

function startsWithAny(path: string, beginnings: readonly string[]): boolean {
  return beginnings.some((beginning) => path.startsWith(beginning));
}

// === How a file is written

/** The environment is read where a process begins and by the settings. */
const ENVIRONMENT_EDGES = ['bot/main.ts', 'bot/settings.ts', 'scripts/run.mjs', 'scripts/open-archive.ts'];
const MOST_LINES = 400;
const EMPTY_NAMES = /^(utils?|helpers?|managers?|misc|common)$/;

export function writingFaults(files: readonly SourceFile[]): readonly string[] {
  return files.flatMap((file) =>
    [...shapeFaults(file), ...(isProgram(file) ? programFaults(file) : [])].map((fault) => `${file.path} ${fault}`),
  );
}

function shapeFaults({ path, text }: SourceFile): readonly string[] {
  const saysNothing = path.split('/').some((part) => EMPTY_NAMES.test(part.replace(/\..*$/, '')));
  return [
    ...(text.split('\n').length - 1 > MOST_LINES ? [`has more than ${MOST_LINES} lines`] : []),
    ...(saysNothing ? ['has a name that says nothing'] : []),
  ];
}

function programFaults({ path, text }: SourceFile): readonly string[] {
  const readsEnvironment = /\bprocess\.env\b/.test(withoutComments(text)) && !ENVIRONMENT_EDGES.includes(path);
  return [
    ...(/^(#!.*\n)?(\/\*\*|\/\/)/.test(text) ? [] : ['does not begin with a comment that says what it is for']),
    ...(/^(export )?(let|var) /m.test(text) ? ['keeps state in a module'] : []),
    ...(readsEnvironment ? ['reads the environment'] : []),
  ];
}

/** Comment lines only: enough where words in prose must not count. */
function withoutComments(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^\s*(\/\/|\/\*|\*)/.test(line))
    .join('\n');
}

/** Paths that exist on one machine only. The folder beside the project is known to one file of the tests, and to what a build server runs. */
export function placeFaults(files: readonly SourceFile[]): readonly string[] {
  const machine = ['', 'work', ''].join('/');
  // With the slash, for test/shared.ts itself is imported by that name.
  const neighbour = ['..', 'shared', ''].join('/');
  return files.flatMap(({ path, text }) => [
    ...(text.includes(machine) ? [`${path} names a folder of one machine, ${machine}`] : []),
    ...(text.includes(neighbour) && path !== 'test/shared.ts' && path !== '.ci/run'
      ? [`${path} names ${neighbour}, which only test/shared.ts and .ci/run may`]
      : []),
  ]);
}
