/**
 * The formats that are read, in the order in which they are asked. A new format is a file beside this one and a line here.
 */
import { chatlabJsonl } from './chatlab-jsonl.js';
import type { Format } from './format.js';
import { jekyllMarkdown } from './jekyll-markdown.js';

export const FORMATS: readonly Format[] = [jekyllMarkdown, chatlabJsonl];
