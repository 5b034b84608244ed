import type { Kind } from './kinds.js';
import type { CallModel, ReadModel, WriteModel } from './port.js';

/** A state of the automaton compiled from all model selectors; 0 means "nothing known". States are dense small integers. */
export type ApiState = number;

/**
 * What the engine asks of the knowledge base about interfaces of packages and of the platform. All methods are pure and memoised; the
 * state numbers depend on the order of questions and must never reach any output.
 */
export interface ApiKnowledge {
  /** The namespace object of a module: `import * as x from specifier`, `require(specifier)`. */
  module(specifier: string, major: number | undefined): ApiState;
  /** A global name: `process`, `fetch`, `console`. */
  global(name: string): ApiState;
  /** A receiver of which only the name is known (`logger`, `prisma`): weaker evidence, tried when all else fails. */
  name(identifier: string): ApiState;
  /** A method of which only the name is known (`map`, `then`, `trim`): the methods of built-in types. */
  method(name: string): ApiState;
  member(state: ApiState, name: string): ApiState;
  /** Whether anything in the packages that were asked for has a member of that name. */
  hasMember?(name: string): boolean;
  element(state: ApiState): ApiState;
  /** The state of the result of calling it. */
  call(state: ApiState): ApiState;
  /** The state of the instance that `new` makes of it. Also the state of a value annotated with the type it names. */
  construct(state: ApiState): ApiState;
  /** The state of parameter `parameter` of a function found at argument `argument`, at `path` below it, when the state is called. */
  parameter(state: ApiState, argument: number, path: readonly string[], parameter: number): ApiState;
  /** Whether any `parameter` question about this state can be answered with other than 0. */
  hasParameters(state: ApiState): boolean;
  /** Calling (or constructing) a value of this state. */
  onCall(state: ApiState): CallModel | undefined;
  onConstruct(state: ApiState): CallModel | undefined;
  /** Reading a value of this state. */
  onRead(state: ApiState): ReadModel | undefined;
  /** Writing a property: `state` is `member(base, key)`, or `method(key)` where nothing is known of the base. */
  onWrite?(state: ApiState): WriteModel | undefined;
  /** Members whose literal value is a finding wherever it is written. */
  readonly assigned?: readonly AssignedSetting[];
  /** Functions that a framework calls by convention. */
  readonly entries: readonly EntryModel[];
  /** What a name says of the value it names; undefined for nothing. Memoised by the caller. */
  classifyName(identifier: string): NameClass | undefined;
}

/** A member whose literal value is a finding wherever it is written: `rejectUnauthorized: false`. */
export interface AssignedSetting {
  readonly key: string;
  /** Globs: `*` is any run of characters. */
  readonly values: readonly string[];
  /** One of several values that the member may be given is enough: `cond ? 'bypass' : 'ask'`. Without it, all must be meant. */
  readonly any?: boolean | undefined;
  /** The key under which the object itself must stand: `{ '*': { autoApprove: true } }`. */
  readonly under?: string | undefined;
  /** Members beside it, and values, with which it is none; whatever the value where there are none. */
  readonly unless?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly rule: string;
  readonly message: string;
  readonly advice: string;
}

/** Functions called by a framework because of where they stand: Next.js routes, server actions. */
export interface EntryModel {
  readonly selector: string;
  /** Glob on the file's POSIX path; '**' by default. */
  readonly files: string;
  /** Exported names; ['*'] for every exported function. */
  readonly exports: readonly string[];
  /** A directive of the module or function that must be present, e.g. 'use server'. */
  readonly directive?: string;
  /** Instead of exported functions: methods of own classes that extend a class of one of the packages. */
  readonly classes?: {
    readonly packages: readonly string[];
    readonly names: readonly string[];
    readonly methods: readonly string[];
  };
  /** Instead of exported functions: any function whose first parameters have these names. */
  readonly named?: readonly string[];
  /** Instead of exported functions: those that are assigned to a member of one of these names, in files that import one of the packages. */
  readonly assigned?: { readonly packages: readonly string[]; readonly members: readonly string[] };
  /** State of each parameter. */
  readonly parameters: readonly ApiState[];
  /** The kind of place that what the function returns goes to, and its name: the properties of a page. */
  readonly returns?: { readonly kind: Kind; readonly recipient: string };
  /** Kind of each parameter, where the parameter itself is a source. */
  readonly kinds: readonly (Kind | undefined)[];
}

/** What an identifier says. */
export interface NameClass {
  /** `personal.email`, `secret.password`; or `neutral` for names that cannot be content: ids, counts, models, roles, flags. */
  readonly kind: Kind;
  /** The name is itself a listed kind (`email`), not a hint (`reason`). */
  readonly confidence: 'high' | 'medium' | 'low';
}

/** A rule of the contract that flows can raise: data of a kind in `sources` reaches a sink of a kind in `sinks`. */
export interface FlowRule {
  readonly id: string;
  readonly sources: readonly Kind[];
  readonly sinks: readonly Kind[];
}
