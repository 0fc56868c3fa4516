/**
 * Fetches the local model from the first mirror that has it.
 *
 * In: a folder and mirrors. Out: the folder with exactly the pinned files. A file gets its name only after its SHA-256 was
 * found right, so that half a model is never taken for one; what was interrupted is gone on with, from any mirror.
 */
import { rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DownloadError, download, type Patience } from './download.js';
import { isGood, lackingFiles, MODEL_FILES, type ModelFile } from './model-files.js';

export interface FetchProgress {
  /** Host the bytes come from. */
  readonly mirror: string;
  /** Bytes of all files together. */
  readonly done: number;
  readonly total: number;
}

export interface FetchOptions {
  /** Made if need be. */
  readonly dir: string;
  /** Addresses that the files' paths are appended to, best first; by default those of {@link MODEL_MIRRORS}. */
  readonly mirrors?: readonly string[];
  readonly onProgress?: (progress: FetchProgress) => void;
  /** Other files and other patience than the model's, for tests. */
  readonly files?: readonly ModelFile[];
  readonly patience?: Patience;
}

/** No mirror had the model: one sentence that says of each why. */
export class ModelFetchError extends Error {
  override readonly name = 'ModelFetchError';
}

/** The Hugging Face hub, its mirror in China, where the hub cannot be reached, and ModelScope. */
export const MODEL_MIRRORS: readonly string[] = [
  'https://huggingface.co/Xenova/bge-small-zh-v1.5/resolve/main/',
  'https://hf-mirror.com/Xenova/bge-small-zh-v1.5/resolve/main/',
  'https://modelscope.cn/models/Xenova/bge-small-zh-v1.5/resolve/master/',
];

const PATIENCE: Patience = { connect: 3_000, silence: 20_000 };
/** How often a file is gone on with from one mirror, as long as every attempt brings some of it. */
const ATTEMPTS = 8;

/**
 * Fetches whatever the folder lacks of the model: 24 MB in all. Does nothing if it is whole.
 *
 * @throws ModelFetchError if no mirror had it, NodeJS.ErrnoException if the folder cannot be written
 */
export async function fetchModel(options: FetchOptions): Promise<void> {
  const { dir, mirrors = MODEL_MIRRORS, onProgress = () => undefined, files = MODEL_FILES, patience = PATIENCE } = options;
  const total = files.reduce((sum, { size }) => sum + size, 0);
  let lacking = await lackingFiles(dir, files);
  const faults: string[] = [];
  for (const mirror of mirrors) {
    const { host } = new URL(mirror);
    try {
      for (const file of lacking) {
        const before = total - lacking.reduce((sum, { size }) => sum + size, 0);
        await fetchFile({
          dir,
          file,
          mirror,
          patience,
          onBytes: (bytes) => onProgress({ mirror: host, done: before + bytes, total }),
        });
        lacking = lacking.filter((other) => other !== file);
      }
      return;
    } catch (error) {
      if (!(error instanceof DownloadError)) throw error;
      faults.push(`${host}: ${error.message}`);
    }
  }
  throw new ModelFetchError(`the model could not be fetched (${faults.join('; ')})`);
}

interface FileOptions {
  readonly dir: string;
  readonly file: ModelFile;
  readonly mirror: string;
  readonly patience: Patience;
  readonly onBytes: (bytes: number) => void;
}

async function fetchFile(options: FileOptions): Promise<void> {
  const { dir, file, mirror, patience, onBytes } = options;
  const target = join(dir, file.path);
  const part = `${target}.part`;
  const url = new URL(file.path, mirror.endsWith('/') ? mirror : `${mirror}/`);
  const begun = await stat(part).then(
    ({ size }) => size,
    () => 0,
  );
  await insistently(() => download({ url, path: part, size: file.size, patience, onBytes }));
  if (await isGood(part, file)) return rename(part, target);
  await rm(part, { force: true });
  // Not this mirror need be to blame but whatever the beginning came from.
  if (begun > 0) return fetchFile(options);
  throw new DownloadError('has other bytes under this name', false);
}

async function insistently(attempt: () => Promise<void>): Promise<void> {
  for (let left = ATTEMPTS - 1; ; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof DownloadError) || !error.isCut || left === 0) throw error;
    }
  }
}
