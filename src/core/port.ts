import type { Clears, Kind } from './kinds.js';
import type { CapabilityKind, Control } from './tool.js';

/**
 * A port is a place at a call, seen from the call: an argument, the result, the receiver, and a path below it. Models (written by people)
 * and summaries (written by the engine) are edges between ports.
 */
export type PortRoot =
  /** Argument `index`. */
  | 'argument'
  /** Argument `index` and every one behind it. */
  | 'arguments'
  | 'receiver'
  /** The called function itself, where it is a thing with fields: a store that is its own hook. */
  | 'callee'
  | 'result'
  /** What the call throws or rejects with. */
  | 'thrown'
  /** A cell that belongs to this receiver (or, without one, to this call site): the contents of a Map, the state of a hook. */
  | 'state'
  /** A place that all calls of the package's models share: what is kept beside a request. */
  | 'shared'
  /** No value: what it flows to is emptied. */
  | 'nothing'
  /** Argument `index` of the nested call `invoke`. */
  | 'invoke-argument'
  /** Result of the nested call `invoke`. */
  | 'invoke-result';

export interface Port {
  readonly root: PortRoot;
  /** Argument number for `argument`, `arguments` and `invoke-argument`; otherwise 0. */
  readonly index: number;
  /** Index into `CallModel.invokes` for the `invoke-*` roots; otherwise 0. */
  readonly invoke: number;
  /** Field names, `[]` for elements, `*` for every field and element. */
  readonly path: readonly string[];
}

/** A condition on literal values at a call. It holds when the value at `port` is known and among `values` (or fulfils the comparison). */
export interface Condition {
  readonly port: Port;
  /** Further ports, of which any one may fulfil it instead. */
  readonly others?: readonly Port[];
  /**
   * - `in`: a literal of the value is one of `values`
   * - `not-in`: no literal of the value is one of `values` (an unknown or absent value fulfils it)
   * - `at-most`: the literal is a number n with |n| ≤ values[0]
   * - `matches`: a literal matches one of the globs `values`: `*` any run of characters, `\*` a star itself (see `matchesGlob`)
   * - `not-matches`: no literal does (an unknown or absent value fulfils it)
   * - `remote-plain-http`: a literal is a URL that goes in the clear to a host that is not local
   * - `leaves` / `not-leaves`: a literal is a regular expression that leaves nothing but harmless characters (`words`, `plain`) where what it matches
   *   is taken out
   * - `from`: the value, or an element of it, is what one of the packages `values` exports as default: a plugin
   * - `not-from`: neither is (an unknown or absent value fulfils it)
   * - `written`: the code writes the field itself; what is in something unknown does not count
   * - `unwritten`: the code does not
   * - `named`: the value is what a package exports under one of the names `values`, or what was made by calling that
   * - `answers`: the value is an own function all of whose results are, or have a field that is, one of `values`: it decides nothing
   * - `filled` / `unfilled`: the code writes the list or table with something in it, and takes nothing out; what is not known may be empty
   * - `function` / `not-function`: the value is a function of the program; what is not known is none
   * - `present` / `absent`
   */
  readonly test:
    | 'in'
    | 'not-in'
    | 'at-most'
    | 'matches'
    | 'not-matches'
    | 'filled'
    | 'unfilled'
    | 'remote-plain-http'
    | 'leaves'
    | 'not-leaves'
    | 'from'
    | 'not-from'
    | 'written'
    | 'unwritten'
    | 'named'
    | 'answers'
    | 'function'
    | 'not-function'
    | 'present'
    | 'absent';
  readonly values: readonly string[];
  /**
   * When true, `port` names a path whose last segment is a sibling of the sink's last segment, and the condition is asked of each object
   * that holds one: `messages[].role` for `messages[].content`.
   */
  readonly sibling: boolean;
}

/** Functions, or what a callback runs, one after the other, each on what the one before has returned. */
export interface TurnModel {
  /** A list, or the arguments from one on; where that is one list, what stands in it. */
  readonly list: Port;
  /** What the first is run on; none where the call makes a function of them. */
  readonly from?: Port;
  /** What is called with the value so far and each element. */
  readonly by?: Port;
  readonly backward: boolean;
}

export interface FlowModel {
  readonly from: Port;
  readonly to: Port;
  /** `value`: the very object (fields can be read from it); `taint`: something derived from it. */
  readonly mode: 'value' | 'taint';
  readonly clears: Clears;
  readonly when: readonly Condition[];
  /** The result is a number: only numeric-sensitive kinds survive. */
  readonly numeric: boolean;
  /** The flow happens when the function ends, with what is there then: a listener receives what is pushed after it was added. */
  readonly later?: boolean;
  /**
   * For `x.* -> y.*`: of the fields, only those whose names are literals at the port `at` pass (`keep`), or only the others: `pick` and
   * `omit`. Where no literal is known, all pass.
   */
  readonly fields?: { readonly at: Port; readonly keep: boolean };
  /** Of the elements, only those for which the callback returns something that is true. */
  readonly chosen?: boolean;
  /**
   * The value goes through a schema: what that drops stays behind, what it transforms is transformed. The schema is what the method is called on, or
   * the argument of this index; `loose` where objects keep what it does not name. `paths`: what is called was made with a list of the paths of fields
   * that it takes out.
   */
  readonly parsed?: boolean | 'loose' | 'paths' | number;
}

export interface SinkModel {
  readonly port: Port;
  readonly kind: Kind;
  /** Who receives the data, for people and policies: `OpenAI`, `console`, `Sentry`. */
  readonly recipient?: string;
  readonly when: readonly Condition[];
  /** Only the shape of what is handed over tells that it goes there: the field of the port that does must be seen. */
  readonly shape?: boolean;
  /** Where the address stands whose host receives the data. */
  readonly host?: Port;
  /** Where the name stands under which the data is kept, as of a field: `setAttribute(name, value)`. */
  readonly field?: Port;
  /** For sinks that report at the call of a tool's or agent's definition: nothing flows, the setting itself is the finding. */
  readonly note?: string;
}

export interface SourceModel {
  readonly port: Port;
  readonly kind: Kind;
  /** What it is, for people: `the model's answer`, `environment variable`. `{}` is replaced by the last member name. */
  readonly element?: string;
  readonly when: readonly Condition[];
  /** For rows of a database: how the type of the row is found. */
  readonly row?: RowModel;
}

/** How the type of a row is found: by what the calls of the chain that ends in this one are given. */
export interface RowModel {
  /** Where the entity stands; the first place that tells counts. */
  readonly of: readonly ChainPlace[];
  /** Where the fields that come back are listed: `{ id: true }`, `['id']`, `'id name'`. Without such a list, all come back. */
  readonly keep: readonly ChainPlace[];
  /** Where the fields that stay behind are listed. */
  readonly drop: readonly ChainPlace[];
  /** Where related entities that come along are listed; where no place is named, an entity holds its relations. */
  readonly include: readonly ChainPlace[];
}

/** A place in a chain of calls: `db.select(a).from(b)`. */
export interface ChainPlace {
  /** Method of the call, the last of that name; '' for the call at hand; `base` for what the chain begins with: `User.find()`. */
  readonly method: string;
  /** Argument of that call. */
  readonly argument: number;
  readonly path: readonly string[];
  /** The argument is the text of an SQL statement: its table, or its columns. */
  readonly sql: boolean;
}

export interface GuardModel {
  /** The value that is checked. */
  readonly port: Port;
  readonly clears: Clears;
  /** The branch on which the check has succeeded. */
  readonly when: 'true' | 'false';
  /** Literal arguments on which it depends whether this is a check at all. */
  readonly if?: readonly Condition[];
  /** For paths, the check counts only where the value was resolved before: without `..` and links. */
  readonly resolved?: boolean;
}

/** Where a part of a definition stands: at a port of the call, below the defined item (`item`), or as the key under which it stands (`key`). */
export interface PartPort {
  readonly from: 'call' | 'item' | 'key';
  readonly port: Port;
}

/** The call defines a tool, an agent that holds tools, or a server that offers them. Each part may stand at one of several ports. */
export interface ToolModel {
  readonly kind: 'tool' | 'agent' | 'server';
  readonly framework: string;
  /**
   * The call registers the one handler that all tools of a server share, when `name` is one of these (imported names or texts); the tools are
   * told apart by the names that the handler compares with, or that the handler registered under one of `list` returns.
   */
  readonly dispatch?: readonly string[];
  readonly list?: readonly string[];
  /** Each value here is a definition of its own; without it, the call is one definition. */
  readonly items?: Port;
  readonly name?: readonly PartPort[];
  readonly handler?: readonly PartPort[];
  readonly schema?: readonly PartPort[];
  readonly annotations?: readonly PartPort[];
  /** Whatever stands here, but `false` and `never`, asks a person. */
  readonly approval: readonly PartPort[];
  /** The tools of an agent or a server. */
  readonly tools?: readonly PartPort[];
  /** The server to which a tool belongs. */
  readonly server?: readonly PartPort[];
  /** Whether the client of a server asks, and not the program itself. */
  readonly host: boolean;
  /** The call defines it only where these surely hold. Of several definitions at one place, the first counts. */
  readonly when?: readonly Condition[];
  /** Of `items`, only those whose `type` matches one of these globs: tools that a provider has ready. */
  readonly types?: readonly string[];
  /** What a tool that has no code in the program can do, and who decides it. */
  readonly can?: Readonly<Partial<Record<CapabilityKind, Control>>>;
}

/** The call is a finding of `rule` by itself, when its arguments are so. */
export interface SettingModel {
  readonly rule: string;
  /** Sibling conditions are asked of each value here, and each is a finding of its own: `(0).tools.*`. */
  readonly each?: Port;
  /** None where the code around it asks a person. */
  readonly asked?: boolean;
  readonly when: readonly Condition[];
  readonly message: string;
  readonly advice: string;
  /** The value that is to blame; the call, or the value of `each`, where it is absent. */
  readonly point?: PartPort;
  /** The setting matters only in a program that imports one of these packages. */
  readonly project?: readonly string[];
  /** It is a default, about which calls may decide by themselves: it holds unless all that could do. */
  readonly fallback?: boolean;
}

/** The call decides by itself, when its arguments are so, what else a default of its package would: see `SettingModel.fallback`. */
export interface DecisionModel {
  readonly rule: string;
  readonly when: readonly Condition[];
}

/** A function, handed over where a package is set up, through which all that the package sends goes: `mask`, `beforeSend`; or `true` for all of it. */
export interface MaskModel {
  readonly port: Port;
  /** The packages whose sinks it stands before, as globs. */
  readonly of: readonly string[];
  /** The rules that it answers for; none for all. */
  readonly rules: readonly string[];
  /** In which field of what the function is given that stands which a method of the package was handed: `setUser` → `user`. */
  readonly fields: Readonly<Record<string, string>>;
}

/** What a package is told, where it is set up, to leave out of what it is handed from then on: the `redact` of a logger. */
export interface RedactModel {
  readonly port: Port;
  /**
   * What stands there: a list of `paths` of fields, a list of `keys` (of fields at any depth), a `function` that is handed each entry and returns
   * it, an object of functions that are handed the `fields` of their names, or a `processor` whose methods change what they are handed.
   */
  readonly by: 'paths' | 'keys' | 'function' | 'fields' | 'processor';
  /** The packages whose sinks it stands before, as globs; loggers, where there are none. */
  readonly of: readonly string[];
  /** The field of an entry that holds a text which is no object. */
  readonly text?: string;
  /** Of a processor: its methods, and where the fields stand below what they are handed. */
  readonly methods: readonly string[];
  readonly below: readonly string[];
}

/** Everything known about calling (or constructing, or rendering) one API function. */
export interface CallModel {
  /** The selector as people write it: `openai#Client.chat.completions.create`. */
  readonly selector: string;
  readonly package: string;
  readonly flows: readonly FlowModel[];
  readonly sinks: readonly SinkModel[];
  readonly sources: readonly SourceModel[];
  readonly guards: readonly GuardModel[];
  /** Functions that the call calls back, by the port at which they are found. */
  readonly invokes: readonly Port[];
  readonly tools?: readonly ToolModel[];
  readonly settings?: readonly SettingModel[];
  readonly redacts?: readonly RedactModel[];
  /** Functions that are handed in and do what the call's result does: `format((info) => …)`, `combine(a, b)`. */
  readonly wraps?: readonly Port[];
  readonly decides?: readonly DecisionModel[];
  readonly masks?: readonly MaskModel[];
  readonly inTurn?: TurnModel;
  /** The result is the same place as an argument, resolved: without `..` or links, in full. */
  readonly resolves?: boolean;
  /** The call lets others use what a program offers to models over HTTP: the transport of an MCP server. */
  readonly serves?: boolean;
  /** What it returns answers requests of that protocol over HTTP, from whoever sends them: the handler of a route. */
  readonly listens?: boolean;
  /** The call asks a person, and goes on when the answer is yes. */
  readonly asks?: boolean;
  /** What the call does as far as tools are concerned, where sinks and sources tell of nothing. */
  readonly does?: readonly CapabilityKind[];
  /** The flows are complete. When false, arguments and receiver also taint the result, as for an unknown call. */
  readonly closed: boolean;
}

/** What reading a member (not calling it) yields: `process.env.X`, `req.body`. */
export interface ReadModel {
  readonly selector: string;
  readonly package: string;
  readonly kind: Kind;
  readonly element?: string;
}

/** What writing a member does: `element.innerHTML = x`, `document.cookie = x`. */
export interface WriteModel {
  readonly selector: string;
  readonly package: string;
  /** Kind of the sink that the written value reaches. */
  readonly kind: Kind;
  readonly recipient?: string;
}
