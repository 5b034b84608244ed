/** `node parse.mjs DIR LIST`: reads and parses the files of the list as the front end does, on one thread, and does nothing else. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractScripts } from '../dist/frontend/js/component-file.js';
import { parse } from '../dist/frontend/js/parse.js';

const [folder, list] = process.argv.slice(2);

for (const file of JSON.parse(readFileSync(list, 'utf8'))) {
  const { text, language } = extractScripts(file, readFileSync(join(folder, file), 'utf8'));
  try {
    parse(text, language);
  } catch (error) {
    // Nested too deeply for the stack of the main thread.
    if (!(error instanceof RangeError)) throw error;
  }
}
