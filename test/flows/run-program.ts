import { createRequire, type SourceMap } from 'node:module';
import { dirname } from 'node:path';
import { compileFunction } from 'node:vm';
import { CANARY, carriesCanary } from './canary.js';

/** A line that ran when a sink was called: one frame of its stack. */
export interface Frame {
  readonly file: string;
  readonly line: number;
}

/** One call of a sink (any method of `console`). */
export interface SinkCall {
  /** The call itself first, its callers behind it. */
  readonly frames: readonly Frame[];
  readonly leaked: boolean;
}

/** A program to run: our own fixtures and generated programs only, never code that was scanned. */
export interface Program {
  /** The text of a file as a CommonJS module; the map leads back to the lines of the file, where they differ. */
  readonly compile: (file: string) => { readonly code: string; readonly map?: SourceMap };
  /** The file that `specifier`, written in `from`, leads to; undefined for Node's own modules. */
  readonly resolve: (from: string, specifier: string) => string | undefined;
  readonly main: string;
}

/** A run counts as finished after so many timers of one to three milliseconds, one after the other: turns, since a busy machine is slow. */
const TURNS = 12;
/** Unknown conditions beyond this many repeat the values of the first ones. */
const CONDITIONS = 4;

const requireFromHere = createRequire(import.meta.url);

/**
 * Runs a program with the canary in `process.env.SPILL_SECRET`, once for each way that its calls of `unknown()` can turn out, and
 * returns every call of a sink.
 */
export async function runProgram(program: Program, turns = TURNS): Promise<SinkCall[]> {
  const first = new Run(program, []);
  await first.finish(turns);
  const conditions = Math.min(first.conditionsAsked, CONDITIONS);
  const others = Array.from({ length: 2 ** conditions - 1 }, (_, index) => {
    const values = Array.from({ length: conditions }, (_, bit) => ((index >> bit) & 1) === 1);
    return new Run(program, values);
  });
  await Promise.all(others.map((run) => run.finish(turns)));
  return [first, ...others].flatMap((run) => run.calls);
}

class Run {
  readonly calls: SinkCall[] = [];
  conditionsAsked = 0;
  readonly #modules = new Map<string, { exports: unknown }>();
  readonly #files = new Map<string, SourceMap | undefined>();
  readonly #console: Console;
  readonly #process: NodeJS.Process;

  /** `conditions`: what `unknown()` answers, in turn; an empty list answers true. */
  constructor(
    readonly program: Program,
    readonly conditions: readonly boolean[],
  ) {
    this.#console = new Proxy(console, { get: () => this.record }) as Console;
    this.#process = Object.create(process, {
      env: { value: { SPILL_SECRET: CANARY, NODE_ENV: 'test', HOME: '/home' } },
    });
  }

  async finish(turns: number): Promise<void> {
    this.load(this.program.main);
    for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setTimeout(resolve, 1 + (turn % 3)));
  }

  private readonly record = (...values: unknown[]): void => {
    this.calls.push({ frames: this.frames(), leaked: carriesCanary(values) });
  };

  private readonly unknown = (): boolean => {
    const asked = this.conditionsAsked++;
    return this.conditions.length === 0 || this.conditions[asked % this.conditions.length] === true;
  };

  private load(file: string): unknown {
    const known = this.#modules.get(file);
    if (known) return known.exports;
    const module = { exports: {} as unknown };
    this.#modules.set(file, module);
    const { code, map } = this.program.compile(file);
    this.#files.set(file, map);
    const parameters = ['exports', 'require', 'module', 'console', 'process', 'unknown', '__filename', '__dirname'];
    const body = compileFunction(code, parameters, { filename: file });
    const requireModule = (specifier: string) => this.require(file, specifier);
    body(module.exports, requireModule, module, this.#console, this.#process, this.unknown, file, dirname(file));
    return module.exports;
  }

  private require(from: string, specifier: string): unknown {
    const file = this.program.resolve(from, specifier);
    return file === undefined ? requireFromHere(specifier) : this.load(file);
  }

  private frames(): Frame[] {
    return callSites().flatMap((site) => {
      const file = site.getFileName() ?? '';
      if (!this.#files.has(file)) return [];
      const [line, column] = [site.getLineNumber() ?? 1, site.getColumnNumber() ?? 1];
      const map = this.#files.get(file);
      if (!map) return [{ file, line }];
      const entry = map.findEntry(line - 1, column - 1);
      return 'originalLine' in entry ? [{ file, line: entry.originalLine + 1 }] : [];
    });
  }
}

function callSites(): NodeJS.CallSite[] {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = 100;
    Error.prepareStackTrace = (_error, sites) => sites;
    return new Error().stack as unknown as NodeJS.CallSite[];
  } finally {
    Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  }
}
