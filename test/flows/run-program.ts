import { createRequire, SourceMap } from 'node:module';
import { dirname } from 'node:path';
import { compileFunction } from 'node:vm';
import ts from 'typescript';
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
  /** Reads a file; undefined where there is none. */
  readonly read: (file: string) => string;
  /** The file that `specifier`, written in `from`, leads to; undefined for Node's own modules. */
  readonly resolve: (from: string, specifier: string) => string | undefined;
  readonly main: string;
}

/** Turns of the event loop are waited for this long before a run counts as finished, in milliseconds. */
const SETTLE = 25;
/** Unknown conditions beyond this many repeat the values of the first ones. */
const CONDITIONS = 4;

const requireFromHere = createRequire(import.meta.url);

/**
 * Runs a program with the canary in `process.env.SPILL_SECRET`, once for each way that its calls of `unknown()` can turn out, and
 * returns every call of a sink.
 */
export async function runProgram(program: Program, settle = SETTLE): Promise<SinkCall[]> {
  const first = new Run(program, []);
  await first.finish(settle);
  const conditions = Math.min(first.conditionsAsked, CONDITIONS);
  const others = Array.from({ length: 2 ** conditions - 1 }, (_, index) => {
    const values = Array.from({ length: conditions }, (_, bit) => ((index >> bit) & 1) === 1);
    return new Run(program, values);
  });
  await Promise.all(others.map((run) => run.finish(settle)));
  return [first, ...others].flatMap((run) => run.calls);
}

class Run {
  readonly calls: SinkCall[] = [];
  conditionsAsked = 0;
  readonly #modules = new Map<string, { exports: unknown }>();
  readonly #maps = new Map<string, SourceMap>();
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

  async finish(settle: number): Promise<void> {
    this.load(this.program.main);
    await new Promise((resolve) => setTimeout(resolve, settle));
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
    const { outputText, sourceMapText } = ts.transpileModule(this.program.read(file), {
      fileName: file,
      compilerOptions: {
        module: ts.ModuleKind.CommonJS,
        target: ts.ScriptTarget.ES2022,
        esModuleInterop: true,
        experimentalDecorators: true,
        sourceMap: true,
      },
    });
    this.#maps.set(file, new SourceMap(JSON.parse(sourceMapText ?? '{}')));
    const parameters = ['exports', 'require', 'module', 'console', 'process', 'unknown', '__filename', '__dirname'];
    const body = compileFunction(outputText, parameters, { filename: file });
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
      const entry = this.#maps.get(file)?.findEntry((site.getLineNumber() ?? 1) - 1, (site.getColumnNumber() ?? 1) - 1);
      return entry && 'originalLine' in entry ? [{ file, line: entry.originalLine + 1 }] : [];
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
