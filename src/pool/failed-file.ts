import type { DiagnosticKind } from '../core/diagnostic.js';
import { LineIndex } from '../core/span.js';
import type { FileIR } from '../ir/file.js';
import { NONE, Op } from '../ir/instruction.js';
import type { SourceText } from './messages.js';

/** Stands in for a file that could not be lowered: a module that does nothing, and a diagnostic that says why. */
export function failedFile(file: SourceText, kind: DiagnosticKind, message: string): FileIR {
  const length = 4;
  return {
    path: file.path,
    lines: new LineIndex(file.text).lineCount,
    strings: [],
    code: Int32Array.of(Op.Return | (length << 8), 0, 0, NONE),
    functions: [
      {
        name: '<module>',
        qualifiedName: '<module>',
        parent: NONE,
        classIndex: NONE,
        kind: 'module',
        async: false,
        generator: false,
        isStatic: false,
        start: 0,
        end: file.text.length,
        params: [],
        thisSlot: NONE,
        argumentsSlot: NONE,
        captures: [],
        slots: 0,
        slotNames: new Int32Array(0),
        slotMutable: new Uint8Array(0),
        slotTypes: [],
        blocks: Int32Array.of(0, length),
        directives: [],
        decorators: [],
      },
    ],
    classes: [],
    variables: [],
    imports: [],
    exports: [],
    specifiers: [],
    types: [],
    directives: [],
    shebang: file.text.startsWith('#!'),
    comments: [],
    diagnostics: [{ kind, message, file: file.path }],
  };
}
