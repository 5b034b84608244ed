import type { Diagnostic } from '../../core/diagnostic.js';
import { LineIndex } from '../../core/span.js';
import type { FileIR } from '../../ir/file.js';

/** The IR of a file that was not analysed. */
export function emptyFile(path: string, text: string, diagnostics: readonly Diagnostic[]): FileIR {
  return {
    path,
    lines: new LineIndex(text).lineCount,
    strings: [],
    code: new Int32Array(0),
    functions: [],
    classes: [],
    variables: [],
    imports: [],
    exports: [],
    specifiers: [],
    types: [],
    directives: [],
    shebang: text.startsWith('#!'),
    comments: [],
    diagnostics,
  };
}
