/**
 * Lends the trainer what the meaning model says of a question, exactly as the program would see it.
 */
import type { Similarities } from '../../knowledge/answer/answer.js';
import type { Library } from '../../knowledge/library.js';
import type { Screen } from '../command.js';

export interface Lender {
  readonly forLibrary: (library: Library) => Promise<(question: string) => Promise<Similarities | undefined>>;
  readonly close: () => Promise<void>;
}

export async function lendMeaning(_model: string, _screen: Screen): Promise<Lender> {
  throw new Error('under construction');
}
