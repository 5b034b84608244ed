import type { Clears, Kind } from '../core/kinds.js';
import type { NameTest } from './name-tests.js';
import type { PathId } from './path-table.js';
import type { Trace } from './trace.js';
import type { DeclaredType } from './type-shape.js';

/** Where the data of a summary's edge begins, seen from the function's caller. */
export type Origin =
  | { readonly type: 'parameter' | 'capture' | 'invoke-result'; readonly index: number }
  | { readonly type: 'this' }
  /** Something that is read inside: an environment variable, a model's answer. */
  | { readonly type: 'source'; readonly source: Source }
  /** The result of a call of which nothing is known, the value of an unknown global. */
  | { readonly type: 'opaque'; readonly name: string; readonly site: Site }
  | { readonly type: 'cell'; readonly cell: number }
  /** The member of an interface whose name is an argument: `process.env[name]`. */
  | { readonly type: 'member'; readonly state: number; readonly index: number }
  | { readonly type: 'literal'; readonly text: string }
  | { readonly type: 'function'; readonly function: number }
  | { readonly type: 'api'; readonly state: number }
  /** An object made by the call, told apart by number: closures that share what they captured hold the same one. */
  | { readonly type: 'fresh'; readonly object: number }
  | { readonly type: 'setter'; readonly cell: number; readonly argument: number };

/** A place in a function, by global function number and offset. */
export interface Site {
  readonly function: number;
  readonly start: number;
}

/** Where a call is written, and the name of what it calls, for people. */
export interface CallSite extends Site {
  readonly end: number;
  readonly name: string;
}

export interface Source extends Site {
  readonly kind: Kind;
  /** For people: `process.env.OPENAI_API_KEY`, `User.email`. */
  readonly element: string;
  /** Selector of the model that says so. */
  readonly selector: string;
  readonly end: number;
  /** The type of a database row, where the query tells it. */
  readonly row?: DeclaredType;
}

export type Target =
  | { readonly type: 'return' | 'thrown' | 'this' }
  | { readonly type: 'parameter' | 'capture'; readonly index: number }
  | { readonly type: 'cell'; readonly cell: number }
  | { readonly type: 'invoke-argument'; readonly index: number; readonly argument: number }
  | { readonly type: 'sink'; readonly sink: Sink };

/** A place where data leaves. */
export interface Sink {
  readonly kind: Kind;
  readonly recipient: string;
  readonly selector: string;
  /** Where the call stands: global function number and span. A forwarder's call replaces its inner place. */
  readonly function: number;
  readonly start: number;
  readonly end: number;
  /** The port of the model, for people: `messages[].content`. */
  readonly port: string;
  /** Callers know whether it is one: see `shaped.ts`. */
  readonly shape?: true;
}

export interface Edge {
  readonly from: Origin;
  readonly fromPath: PathId;
  readonly without: string;
  readonly to: Target;
  readonly toPath: PathId;
  readonly exact: boolean;
  readonly label: string;
  readonly labelName: string;
  readonly cleared: Clears;
  readonly features: number;
  readonly trace: Trace | undefined;
  /** A name that has to pass a test, and where what the edge moves stands under it: see `When`. */
  readonly when?: EdgeCondition | undefined;
}

export interface EdgeCondition {
  readonly origin: Origin;
  readonly path: PathId;
  readonly test: NameTest;
  readonly holder: PathId;
  readonly outer?: EdgeCondition | undefined;
}

/** A call inside of a value that the caller provides: `callback(x)` where `callback` is a parameter. */
export interface Invoke {
  readonly callee: Origin;
  readonly calleePath: PathId;
  /** In this function, or, where it handed on what it was given, in the one that calls it at last. */
  readonly site: CallSite;
}

/** What a function does, seen from its callers. */
export interface Summary {
  readonly edges: readonly Edge[];
  /**
   * Edges of which no caller provides an end: from sources, cells and the unknown to cells and sinks. They hold once for the whole program, so
   * callers do not repeat them.
   */
  readonly settled: readonly Edge[];
  /** Module variables of the function's own file that it, or what it calls, may write. */
  readonly writes: ReadonlySet<number>;
  readonly invokes: readonly Invoke[];
  /** Fields of parameters or `this` that are surely overwritten or deleted when the function returns. */
  readonly kills: readonly {
    readonly root: 'parameter' | 'this' | 'capture';
    readonly index: number;
    readonly path: PathId;
    /** In place of the field itself: the fields below it that are overwritten, in the form of `Fact.without`. */
    readonly hidden?: string;
    /** In place of the field itself: the fields below it under names that are gone through, where they pass a test. */
    readonly each?: { readonly origin: Origin; readonly path: PathId; readonly test: NameTest };
  }[];
  /** Nested calls whose callee's exceptions leave the function. */
  readonly escapes: readonly number[];
  /** Hands what it is given to logs or telemetry and does nothing else with it. */
  readonly forwards: boolean;
  /** Hands data of its parameters to calls of which nothing is known. */
  readonly consumes: boolean;
  /** The analysis ran out of fuel: coarse. */
  readonly coarse: boolean;
  /** What the method calls on `this` depends on the class of the instance. */
  readonly virtual: boolean;
}

export const EMPTY_SUMMARY: Summary = {
  edges: [],
  settled: [],
  writes: new Set(),
  invokes: [],
  kills: [],
  escapes: [],
  forwards: false,
  consumes: false,
  coarse: false,
  virtual: false,
};
