/**
 * What loggers are told to leave out: `pino({ redact: ['password', '*.email'] })`. A program makes its logger once and imports it everywhere, so
 * that the setting holds for the structured logging of the files that import the one where it stands. Where there are several, or none, it holds
 * for what all of them leave out. The console is none.
 */
import type { Port } from '../core/port.js';
import { ELEMENT } from '../ir/instruction.js';
import type { Program } from './program.js';
import type { Sink } from './summary.js';
import type { ModelledCall } from './tools/call-states.js';
import { rootItems } from './tools/definitions.js';
import type { Place } from './tools/item.js';
import type { StaticValues } from './tools/static-values.js';

/** A path of fields; `*` stands for any one of them. */
type Pattern = readonly string[];

export class Redactions {
  readonly #program: Program;
  /** By the file in which the setting stands. */
  readonly #settings = new Map<number, readonly Pattern[]>();
  readonly #memo = new Map<number, readonly Pattern[]>();

  constructor(values: StaticValues, calls: readonly ModelledCall[]) {
    this.#program = values.program;
    for (const { place, models } of calls)
      for (const { redacts } of models)
        if (redacts) this.#add(this.#program.functionFile[place.function]!, patternsAt(values, place, redacts));
  }

  /** Whether a sink leaves out what stands at a path of fields of the object that it is handed. */
  covers(sink: Sink, keys: readonly string[]): boolean {
    if (this.#settings.size === 0 || keys.length === 0 || sink.kind !== 'log') return false;
    return this.#patternsFor(this.#program.functionFile[sink.function]!).some((pattern) => matches(pattern, keys));
  }

  #patternsFor(file: number): readonly Pattern[] {
    let patterns = this.#memo.get(file);
    if (!patterns) {
      const imported = this.#program.files[file]!.specifiers.flatMap((_, specifier) => {
        const resolution = this.#program.resolution(file, specifier);
        return resolution.kind === 'file' ? (this.#settings.get(resolution.file) ?? []) : [];
      });
      const shared = (): readonly Pattern[] => [...this.#settings.values()].reduce(common);
      patterns = this.#settings.get(file) ?? (imported.length > 0 ? imported : shared());
      this.#memo.set(file, patterns);
    }
    return patterns;
  }

  #add(file: number, patterns: readonly Pattern[]): void {
    const known = this.#settings.get(file);
    this.#settings.set(file, known ? common(known, patterns) : patterns);
  }
}

function common(left: readonly Pattern[], right: readonly Pattern[]): readonly Pattern[] {
  const texts = new Set(right.map((pattern) => pattern.join('.')));
  return left.filter((pattern) => texts.has(pattern.join('.')));
}

function patternsAt(values: StaticValues, place: Place, ports: readonly Port[]): Pattern[] {
  return ports.flatMap((port) =>
    values
      .path(rootItems(values, place, port), [...port.path, ELEMENT])
      .flatMap((item) => (item.kind === 'text' ? [toPattern(item.text)] : [])),
  );
}

/** `req.headers["set-cookie"]`, `users[*].email`, `*.password` */
function toPattern(text: string): Pattern {
  return text.split(/[.[\]]+/).flatMap((part) => (part === '' ? [] : [part.replace(/^["'`]|["'`]$/g, '')]));
}

/** Whether a pattern is the beginning of the path. */
function matches(pattern: Pattern, keys: readonly string[]): boolean {
  return pattern.length <= keys.length && pattern.every((part, i) => part === '*' || part === keys[i]);
}
