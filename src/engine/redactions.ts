/**
 * What loggers are told to leave out: `pino({ redact: ['password', '*.email'] })`. A program makes its logger once and imports it everywhere, so
 * that the setting holds for all its structured logging; where several calls make loggers, for what all of them leave out. The console is none.
 */
import type { Port } from '../core/port.js';
import { Op } from '../ir/instruction.js';
import type { Program } from './program.js';
import type { Sink } from './summary.js';
import { modelsOf } from './tools/call-states.js';
import type { Item, Place } from './tools/item.js';
import { StaticValues } from './tools/static-values.js';
import type { Tracker } from './tracker.js';

/** A path of fields; `*` stands for any one of them. */
type Pattern = readonly string[];

export class Redactions {
  #patterns: readonly Pattern[] | undefined;

  constructor(program: Program, tracker: Tracker) {
    const values = StaticValues.of(program, tracker);
    for (let fn = 0; fn < program.functionCount; fn++) {
      const { code } = program.fileOf(fn);
      const { blocks } = program.functionOf(fn);
      const end = blocks[blocks.length - 1]!;
      for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
        if ((code[pc]! & 255) !== Op.Call) continue;
        for (const model of modelsOf(values, { function: fn, pc }))
          if (model.redacts) this.#add(patternsAt(values, { function: fn, pc }, model.redacts));
      }
    }
  }

  /** Whether a sink leaves out what stands at a path of fields of the object that it is handed. */
  covers(sink: Sink, keys: readonly string[]): boolean {
    if (!this.#patterns || keys.length === 0 || sink.kind !== 'log') return false;
    return this.#patterns.some((pattern) => matches(pattern, keys));
  }

  #add(patterns: readonly Pattern[]): void {
    const texts = new Set(patterns.map((pattern) => pattern.join('.')));
    this.#patterns = this.#patterns?.filter((pattern) => texts.has(pattern.join('.'))) ?? patterns;
  }
}

function patternsAt(values: StaticValues, place: Place, ports: readonly Port[]): Pattern[] {
  return ports.flatMap(({ index, path }) => {
    let items: readonly Item[] = values.argument(place, index);
    for (const key of path) items = items.flatMap((item) => values.field(item, key));
    return items
      .flatMap((item) => values.field(item, '[]'))
      .flatMap((item) => (item.kind === 'text' ? [toPattern(item.text)] : []));
  });
}

/** `req.headers["set-cookie"]`, `users[*].email`, `*.password` */
function toPattern(text: string): Pattern {
  return text.split(/[.[\]]+/).flatMap((part) => (part === '' ? [] : [part.replace(/^["'`]|["'`]$/g, '')]));
}

/** Whether a pattern is the beginning of the path. */
function matches(pattern: Pattern, keys: readonly string[]): boolean {
  return pattern.length <= keys.length && pattern.every((part, i) => part === '*' || part === keys[i]);
}
