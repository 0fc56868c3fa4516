/**
 * A Digest as a picture.
 *
 * In: the digest, and what an instant is called locally. Out: a PNG, 1,080 pixels wide and at most 2,400 high. It is painted in
 * another process: the chat goes on meanwhile, and neither the memory nor a crash of the picture library stays here.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { buffer, text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Digest } from '../../../knowledge/index.js';
import type { Local } from '../digest-wording.js';
import { cardContent } from './content.js';

/** A card takes less than a second on a free processor; a busy small machine gets a minute. */
const LONGEST = 60_000;

/** The card could not be painted. The message says why, without a word of the digest. */
export class CardError extends Error {}

/**
 * `program` is the compiled painter.
 *
 * @throws CardError if the picture library or a font is missing here, or if it takes longer than a minute
 */
export async function renderCard(
  digest: Digest,
  local: Local,
  program = new URL('./program.js', import.meta.url),
): Promise<Uint8Array> {
  const painter = spawn(process.execPath, [fileURLToPath(program)], { timeout: LONGEST, stdio: 'pipe' });
  // A painter that ended early is told by its exit code, not by the pipe that it no longer reads.
  painter.stdin.on('error', () => undefined).end(JSON.stringify(cardContent(digest, local)));
  const [png, complaint, [code, signal]] = await Promise.all([
    buffer(painter.stdout),
    text(painter.stderr),
    once(painter, 'close'),
  ]);
  if (code === 0 && png.length > 0) return png;
  throw new CardError(`the card could not be painted: ${lastLine(complaint) || `the painter ended with ${signal ?? code}`}`);
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
