/**
 * The files that make up the local model, each pinned by size and SHA-256, so that a folder either holds that very model or
 * none.
 *
 * In: a folder. Out: which files are missing or other than they should be.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface ModelFile {
  /** Relative to the model's folder, with `/`; the same on every mirror. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
}

export const MODEL_NAME = 'bge-small-zh-v1.5';
export const TOKENIZER = 'tokenizer.json';
export const TOKENIZER_CONFIG = 'tokenizer_config.json';
export const NETWORK = 'onnx/model_quantized.onnx';

/** BAAI/bge-small-zh-v1.5 (MIT), weights quantised to int8. The small files first: a wrong mirror shows early. */
export const MODEL_FILES: readonly ModelFile[] = [
  { path: TOKENIZER_CONFIG, size: 367, sha256: 'e6f3b96db926a37d4039995fbf5ad17de158dfb8f6343d607e4dbaad18d75f5a' },
  { path: TOKENIZER, size: 439_125, sha256: '48cea5d44424912a6fd1ea647bf4fe50b55ab8b1e5879c3275f80e339e8fae26' },
  { path: NETWORK, size: 24_010_842, sha256: '15b717c382bcb518ba457b93ea6850ede7f4f1cd8937454aa06972366cd19bcc' },
];

/** The files that the folder still lacks; none if the model may be used. */
export async function lackingFiles(dir: string, files: readonly ModelFile[] = MODEL_FILES): Promise<readonly ModelFile[]> {
  const good = await Promise.all(files.map((file) => isGood(join(dir, file.path), file)));
  return files.filter((_, i) => !good[i]);
}

/** Whether the file at `path` has the pinned bytes. */
export async function isGood(path: string, { size, sha256 }: ModelFile): Promise<boolean> {
  try {
    if ((await stat(path)).size !== size) return false;
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
    return hash.digest('hex') === sha256;
  } catch {
    return false;
  }
}
