/**
 * Paints one card in a process of its own, which gives all its memory back when it ends.
 *
 * In: the card's content as JSON on stdin. Out: a PNG on stdout; or a sentence on stderr, and exit code 1.
 */
import { json } from 'node:stream/consumers';
import type { CardContent } from './content.js';
import { paintCard } from './paint.js';

try {
  process.stdout.write(await paintCard((await json(process.stdin)) as CardContent));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
