/**
 * What loggers and other packages are told, where they are set up, to leave out: `pino({ redact: ['password', '*.email'] })`, a format that deletes
 * fields, a serializer. Lists are matched with the path of a field; functions are applied to what a sink is handed (`serialise.ts`), so that their
 * own code tells what is left.
 *
 * A program makes its logger once and imports it everywhere, so that a set-up holds for the structured logging of the files that import the one where
 * it stands. Where there are several, or none, it holds for what all of them leave out. The console is none. What is not a logger is set up for the
 * whole program: of the places where that is done, the nearest counts.
 */
import { matchesGlob } from '../core/literal-glob.js';
import type { RedactModel } from '../core/port.js';
import { ELEMENT } from '../ir/instruction.js';
import type { Program } from './program.js';
import { sharedFolders } from './shared-folders.js';
import type { Sink } from './summary.js';
import type { ModelledCall } from './tools/call-states.js';
import type { Item, Place } from './tools/item.js';
import { rootItems } from './tools/root-items.js';
import type { StaticValues } from './tools/static-values.js';
import { unwrap } from './tools/unwrap.js';

/** A path of fields; `*` stands for any one of them, `**` at the beginning for any number. */
type Pattern = readonly string[];

/** A function that is given what a package is handed, before that leaves. */
export interface Step {
  readonly function: number;
  /** The field that it is handed; none where it is handed the whole entry. */
  readonly field?: string;
  /** The field of an entry in which a text that is no object stands; where none is said, such texts pass by. */
  readonly text?: string;
  /** It changes what it is handed, and returns nothing. `list`: it is handed a list of entries. */
  readonly inPlace?: { readonly below: readonly string[]; readonly list: boolean };
}

/** What one file sets up. */
interface Setup {
  readonly patterns: readonly Pattern[];
  readonly steps: readonly Step[];
}

const NO_SETUP: Setup = { patterns: [], steps: [] };

export class Redactions {
  readonly #program: Program;
  /** Of loggers, by the file in which they are set up. */
  readonly #loggers = new Map<number, Setup>();
  /** Of other packages: globs of their names, and by file. */
  readonly #others: { readonly file: number; readonly of: readonly string[]; readonly steps: readonly Step[] }[] = [];
  readonly #memo = new Map<number, Setup>();

  constructor(values: StaticValues, calls: readonly ModelledCall[]) {
    this.#program = values.program;
    for (const { place, models } of calls) {
      const file = this.#program.functionFile[place.function]!;
      for (const { redacts = [] } of models) {
        const loggers = redacts.filter(({ of }) => of.length === 0);
        if (loggers.length > 0) this.#add(file, setupAt(values, place, loggers));
        for (const { of, ...rest } of redacts) {
          const steps = of.length > 0 ? setupAt(values, place, [{ of, ...rest }]).steps : [];
          if (steps.length > 0) this.#others.push({ file, of, steps });
        }
      }
    }
  }

  /** The functions of all set-ups: they have to be summarised before they are applied. */
  get functions(): readonly number[] {
    const setups = [...this.#loggers.values(), ...this.#others];
    return setups.flatMap(({ steps }) => steps.map((step) => step.function));
  }

  /** Whether a sink leaves out what stands at a path of fields of the object that it is handed. */
  covers(sink: Sink, keys: readonly string[]): boolean {
    if (this.#loggers.size === 0 || keys.length === 0 || sink.kind !== 'log') return false;
    return this.#setupFor(this.#program.functionFile[sink.function]!).patterns.some((pattern) =>
      matches(pattern, keys),
    );
  }

  /** The functions through which a sink lets all go, in their order. */
  steps(sink: Sink): readonly Step[] {
    const file = this.#program.functionFile[sink.function]!;
    if (sink.kind === 'log') return this.#loggers.size === 0 ? NO_SETUP.steps : this.#setupFor(file).steps;
    if (this.#others.length === 0) return NO_SETUP.steps;
    const name = sink.selector.split('#', 1)[0]!;
    const { path } = this.#program.files[file]!;
    const shared = ({ file: other }: { file: number }) => sharedFolders(this.#program.files[other]!.path, path);
    const own = this.#others.filter(({ of }) => of.some((pattern) => matchesGlob(pattern, name)));
    const nearest = Math.max(...own.map(shared));
    return own.filter((setup) => shared(setup) === nearest).flatMap(({ steps }) => steps);
  }

  #setupFor(file: number): Setup {
    let setup = this.#memo.get(file);
    if (!setup) {
      const imported = this.#program.files[file]!.specifiers.flatMap((_, specifier) => {
        const resolution = this.#program.resolution(file, specifier);
        return resolution.kind === 'file' ? (this.#loggers.get(resolution.file) ?? []) : [];
      });
      const shared = (): Setup => [...this.#loggers.values()].reduce(common);
      setup = this.#loggers.get(file) ?? (imported.length > 0 ? imported.reduce(both) : shared());
      this.#memo.set(file, setup);
    }
    return setup;
  }

  #add(file: number, setup: Setup): void {
    const known = this.#loggers.get(file);
    this.#loggers.set(file, known ? common(known, setup) : setup);
  }
}

function both(left: Setup, right: Setup): Setup {
  return { patterns: [...left.patterns, ...right.patterns], steps: [...left.steps, ...right.steps] };
}

function common(left: Setup, right: Setup): Setup {
  const texts = new Set(right.patterns.map((pattern) => pattern.join('.')));
  const steps = new Set(right.steps.map((step) => JSON.stringify(step)));
  return {
    patterns: left.patterns.filter((pattern) => texts.has(pattern.join('.'))),
    steps: left.steps.filter((step) => steps.has(JSON.stringify(step))),
  };
}

function setupAt(values: StaticValues, place: Place, models: readonly RedactModel[]): Setup {
  return models.map((model) => readSetup(values, place, model)).reduce(both, NO_SETUP);
}

function readSetup(values: StaticValues, place: Place, model: RedactModel): Setup {
  const { port, by } = model;
  const items = values.path(rootItems(values, place, port), port.path);
  const texts = () => values.path(items, [ELEMENT]).flatMap((item) => (item.kind === 'text' ? [item.text] : []));
  switch (by) {
    case 'paths':
      return { patterns: texts().map(toPattern), steps: [] };
    case 'keys':
      return { patterns: texts().map((text) => ['**', text]), steps: [] };
    case 'fields':
      return { patterns: [], steps: items.flatMap((item) => fieldSteps(values, item)) };
    default: {
      const found = items.flatMap((item) => unwrap(values, item));
      if (by === 'processor')
        return { patterns: [], steps: found.flatMap((item) => processorSteps(values, item, model)) };
      const text = model.text !== undefined && { text: model.text };
      const steps = found.flatMap((item) => (item.kind === 'function' ? [{ function: item.function, ...text }] : []));
      return { patterns: [], steps };
    }
  }
}

/** `serializers: { user: (user) => ({ id: user.id }) }` */
function fieldSteps(values: StaticValues, item: Item): Step[] {
  return values
    .entries(item)
    .flatMap(([field, items]) =>
      items.flatMap((each) => (each.kind === 'function' ? [{ function: each.function, field }] : [])),
    );
}

/** An instance of an own class, or an object with methods: `{ onEnd(span) { delete span.attributes['user.email']; } }`. */
function processorSteps(values: StaticValues, item: Item, { methods, below }: RedactModel): Step[] {
  return methods.flatMap((name) =>
    values
      .field(item, name)
      .flatMap((method) =>
        method.kind === 'function' ? [{ function: method.function, inPlace: { below, list: name === 'export' } }] : [],
      ),
  );
}

/** `req.headers["set-cookie"]`, `users[*].email`, `*.password` */
export function toPattern(text: string): Pattern {
  return text.split(/[.[\]]+/).flatMap((part) => (part === '' ? [] : [part.replace(/^["'`]|["'`]$/g, '')]));
}

/** Whether a pattern is the beginning of the path. */
function matches(pattern: Pattern, keys: readonly string[]): boolean {
  if (pattern[0] === '**') return keys.includes(pattern[1]!);
  return pattern.length <= keys.length && pattern.every((part, i) => part === '*' || part === keys[i]);
}
