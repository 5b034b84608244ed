import type { Diagnostic } from '../../core/diagnostic.js';
import type { Limits } from '../../core/limits.js';
import type { FileIR } from '../../ir/file.js';
import { CommentIndex } from './comments.js';
import { extractScripts } from './component-file.js';
import { emptyFile } from './empty-file.js';
import { lowerProgram } from './lower/program.js';
import { type Parsed, parse, type SyntaxFault } from './parse.js';
import { analyseScopes } from './scope/analyse-scopes.js';

/**
 * Lowers one JavaScript or TypeScript file, or the scripts of a Vue, Svelte or Astro component, to the intermediate representation.
 * Pure: the result depends on nothing but the arguments.
 *
 * The way of a file: scripts are cut out of components (`component-file`), the text is parsed (`parse`), one walk enters all names and
 * decides how each variable is kept (`scope/`), a second one writes the instructions, function after function (`lower/`).
 *
 * Chains of any length are walked without recursion. What is *nested* too deeply for the stack costs the whole file, on purpose: a part
 * of it would depend on how large this thread's stack is. The pool gives such a file to a thread with a larger one.
 *
 * @param path POSIX path relative to the scan root; its extension says what the text is written in
 * @returns the file's IR; empty, with a diagnostic, when nothing of it can be parsed
 */
export function lowerFile(path: string, text: string, limits: Limits): FileIR {
  const skipped = tooLarge(path, text, limits);
  if (skipped) return emptyFile(path, text, [skipped]);
  const script = extractScripts(path, text);
  let parsed: Parsed;
  try {
    parsed = parse(script.text, script.language, script.composite);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return emptyFile(path, text, [nestedTooDeeply(path)]);
  }
  const faults = describeFaults(path, parsed.faults);
  if (!parsed.file) return emptyFile(path, text, faults);
  try {
    const analysis = analyseScopes(parsed.file.program, script.text.length);
    const comments = new CommentIndex(parsed.file.comments ?? [], script.text);
    return lowerProgram(path, text, parsed.file, analysis, comments, faults);
  } catch (error) {
    // Where the parser went on behind a fault, the tree may lack what the grammar promises: `import(,)` has no source.
    if (error instanceof TypeError && faults.length > 0) return emptyFile(path, text, faults);
    if (!(error instanceof RangeError)) throw error;
    return emptyFile(path, text, [...faults, nestedTooDeeply(path)]);
  }
}

/** Faults of one file that are told one by one. */
const FAULTS = 50;

function describeFaults(path: string, faults: readonly SyntaxFault[]): Diagnostic[] {
  const told = faults
    .slice(0, FAULTS)
    .map(({ message, line, column }): Diagnostic => ({ kind: 'syntax-error', message, file: path, line, column }));
  const rest = faults[FAULTS];
  if (!rest) return told;
  const { line, column } = rest;
  const count = faults.length - FAULTS;
  return [...told, { kind: 'syntax-error', message: 'Further faults', file: path, line, column, count }];
}

function nestedTooDeeply(path: string): Diagnostic {
  return { kind: 'limit', message: 'The file nests more deeply than can be analysed', file: path };
}

function tooLarge(path: string, text: string, limits: Limits): Diagnostic | undefined {
  if (text.length > limits.fileBytes) {
    return { kind: 'skipped-file', message: `The file is larger than ${limits.fileBytes} bytes`, file: path };
  }
  let start = 0;
  for (let end = text.indexOf('\n'); ; end = text.indexOf('\n', start)) {
    const length = (end < 0 ? text.length : end) - start;
    if (length > limits.lineCharacters) {
      return { kind: 'skipped-file', message: `A line is longer than ${limits.lineCharacters} characters`, file: path };
    }
    if (end < 0) return undefined;
    start = end + 1;
  }
}
