/**
 * Writes one random program, statement by statement. The main file is a list of statements over variables of a few shapes; steps pick
 * variables that exist, so any list of steps makes a valid program, and leaving steps out (shrinking) does too.
 */

/** What a variable holds: text, `{ left, right }` of texts, a list of texts, or a function without parameters that returns a text. */
export type Shape = 'text' | 'record' | 'list' | 'thunk';

export interface Variable {
  readonly name: string;
  readonly shape: Shape;
  /** A closure reads it, so it is not assigned again: shared state that is overwritten is a limit that the docs name. */
  captured: boolean;
}

/** A place where the program logs something. */
export interface SinkPlace {
  readonly file: string;
  /** One-based. */
  readonly line: number;
  /** Names of the features that what it logs has gone through, sorted. */
  readonly features: readonly string[];
}

/** A line of a file; `sink` where it logs. */
interface Line {
  readonly text: string;
  readonly sink: boolean;
  /** For sinks: see `SinkPlace`. */
  features?: readonly string[];
}

/** How often a program may ask `unknown()`; each combination is run. */
const CONDITIONS = 4;

export const MAIN = 'main.ts';

export class Writer {
  readonly variables: Variable[] = [];
  readonly #statements: Line[] = [];
  readonly #declarations: Line[] = [];
  readonly #imports: Line[] = [];
  readonly #modules = new Map<string, string[]>();
  /** The features that each variable's value may have gone through. */
  readonly #features = new Map<string, ReadonlySet<string>>();
  #names = 0;
  #conditions = 0;

  /** `wrapped`: the statements stand in an async function, and may await. */
  constructor(readonly wrapped: boolean) {
    this.declare('text', "process.env.SPILL_SECRET ?? ''");
    this.declare('text', "'public text'");
  }

  fresh(stem: string): string {
    this.#names += 1;
    return `${stem}${this.#names}`;
  }

  /** Adds `let name = expression;` to the statements. */
  declare(shape: Shape, expression: string): Variable {
    const variable: Variable = { name: this.fresh(shape), shape, captured: false };
    this.statement(`let ${variable.name} = ${expression};`);
    this.variables.push(variable);
    return variable;
  }

  statement(...lines: string[]): void {
    this.#statements.push(...lines.map((text) => ({ text, sink: false })));
  }

  sink(text: string): void {
    this.#statements.push({ text, sink: true });
  }

  /** Runs a step, and notes that its feature touched what it read, wrote and logged. `picked`: the names of the variables that it picks. */
  step(feature: string, picked: ReadonlySet<string>, run: () => void): void {
    const [variables, statements] = [this.variables.length, this.#statements.length];
    run();
    const features = new Set([feature]);
    for (const name of picked) for (const known of this.#features.get(name) ?? []) features.add(known);
    const made = this.variables.slice(variables).map(({ name }) => name);
    for (const name of [...picked, ...made])
      this.#features.set(name, new Set([...(this.#features.get(name) ?? []), ...features]));
    for (const each of this.#statements.slice(statements)) if (each.sink) each.features = [...features].sort();
  }

  /** Adds a declaration (function, class, constant) in front of the statements. */
  helper(...lines: string[]): void {
    this.#declarations.push(...lines.map((text) => ({ text, sink: false })));
  }

  /** Adds a module and an import of `names` from it; a barrel stands between where `barrel` says so. */
  module(names: readonly string[], lines: readonly string[], barrel: boolean): void {
    if (this.#modules.size >= 4) {
      this.helper(...lines.map((line) => line.replace(/^export /, '')));
      return;
    }
    const file = this.fresh('module');
    this.#modules.set(`${file}.ts`, [...lines]);
    const from = barrel && this.#modules.size < 4 ? this.#barrel(file, names) : file;
    this.#imports.push({ text: `import { ${names.join(', ')} } from './${from}.js';`, sink: false });
  }

  #barrel(file: string, names: readonly string[]): string {
    const barrel = this.fresh('index');
    this.#modules.set(`${barrel}.ts`, [`export { ${names.join(', ')} } from './${file}.js';`]);
    return barrel;
  }

  /** An import of one of Node's own modules; written once. */
  builtIn(text: string): void {
    if (!this.#imports.some((known) => known.text === text)) this.#imports.push(line(text));
  }

  /** A condition that can turn out both ways; undefined when the program has asked often enough. */
  condition(): string | undefined {
    if (this.#conditions >= CONDITIONS) return undefined;
    this.#conditions += 1;
    return 'unknown()';
  }

  finish(): { files: Map<string, string>; sinks: SinkPlace[] } {
    const body = this.wrapped
      ? [line('async function main() {'), ...this.#statements, line('}'), line('void main();')]
      : this.#statements;
    const lines = [...this.#imports, ...this.#declarations, ...body];
    const files = new Map([[MAIN, text(lines.map((each) => each.text))]]);
    for (const [file, content] of this.#modules) files.set(file, text(content));
    const sinks = lines.flatMap(({ sink, features = [] }, index) =>
      sink ? [{ file: MAIN, line: index + 1, features }] : [],
    );
    return { files, sinks };
  }
}

const line = (content: string): Line => ({ text: content, sink: false });
const text = (lines: string[]): string => `${lines.join('\n')}\n`;
