import type { Kind } from '../core/kinds.js';
import type { PortRoot } from '../core/port.js';
import { ANY, ELEMENT } from '../ir/instruction.js';
import { SelectorError, type Token, tokenize } from './selector-tokens.js';

/** One step from a value to the next, on the way from a package's exports to the value that a selector means. */
export type Step =
  | { readonly kind: 'member'; readonly name: string }
  | { readonly kind: 'any' }
  | { readonly kind: 'class'; readonly name: Kind }
  | { readonly kind: 'element' }
  | { readonly kind: 'call' }
  | { readonly kind: 'construct' }
  | ParameterStep;

/** Parameter `parameter` of a function that stands at `path` below argument `argument` (or, with `rest`, any argument from there on). */
export interface ParameterStep {
  readonly kind: 'parameter';
  readonly argument: number;
  readonly rest: boolean;
  readonly path: readonly string[];
  readonly parameter: number;
}

/** A value: a root and the steps to it. */
export interface Selector {
  readonly text: string;
  /** An alias of the same scope, else an export, a global or a receiver's name; `default` and `*` are the module itself. */
  readonly root: string;
  /** The root is never an alias: it stands behind `new`. */
  readonly exported: boolean;
  readonly steps: readonly Step[];
}

/** A port that names the callback it goes through by value; `Port` of core names it by number. */
export interface OpenPort {
  readonly root: PortRoot;
  readonly index: number;
  readonly path: readonly string[];
  /** The function that is called back, for the `invoke-*` roots. */
  readonly callback?: OpenPort;
}

/** A function that can be called, or constructed with `new`. */
export interface Callable {
  readonly function: Selector;
  readonly construct: boolean;
}

export interface CallPort extends Callable {
  readonly port: OpenPort;
}

/** Parses what yields a value: `new OpenAI`, `App.get(1..)->0`, `process.env.*`. Alternatives `{a,b}` give several selectors. */
export function parseValue(text: string): readonly Selector[] {
  return expand(text).map((raw) => place(raw, raw.tokens));
}

/** Parses the name of a function: `console.log`, `new Map`, `fetch().json`. */
export function parseCallable(text: string): readonly Callable[] {
  return expand(text).map((raw) => {
    const last = raw.tokens.at(-1)!;
    if (last.kind === 'call' || last.kind === 'argument')
      throw new SelectorError('a function is named without its arguments', last.offset);
    return { function: place(raw, raw.tokens, true), construct: raw.construct };
  });
}

/** Parses a port of a call: `Client.chat.completions.create(0).messages[].content`, `fetch()`, `server.tool(1..)->0`. */
export function parseCallPort(text: string): readonly CallPort[] {
  return expand(text).map((raw) => {
    const { tokens } = raw;
    const argument = tokens.findLastIndex((token) => token.kind === 'argument' || token.kind === 'receiver');
    const split = argument >= 0 ? argument : tokens.findLastIndex((token) => token.kind === 'call');
    if (split < 0) {
      if (raw.construct) return { function: place(raw, tokens, true), construct: true, port: RESULT };
      throw new SelectorError("expected '()' or '(n)': which part of the call is meant?", raw.end);
    }
    const construct = raw.construct && !tokens.slice(0, split).some((token) => token.kind === 'call');
    return { function: place(raw, tokens.slice(0, split), construct), construct, port: port(tokens.slice(split)) };
  });
}

/** Parses a port as flows and conditions write it: `(0).messages[]`, `this.[]`, `result.1->0`, `state`, `thrown`. */
export function parsePorts(text: string, base = 0): readonly OpenPort[] {
  return multiply(tokenize(text, base)).map((tokens) => {
    const first = tokens[0]!;
    if (first.kind === 'argument') return port(tokens);
    const root = first.kind === 'name' ? PORT_WORDS[first.name] : undefined;
    if (!root) throw new SelectorError("expected '(n)', 'this', 'result', 'thrown' or 'state'", first.offset);
    return below({ root, index: 0, path: [] }, tokens.slice(1));
  });
}

const RESULT: OpenPort = { root: 'result', index: 0, path: [] };
const PORT_WORDS: Readonly<Record<string, PortRoot>> = {
  this: 'receiver',
  callee: 'callee',
  result: 'result',
  thrown: 'thrown',
  nothing: 'nothing',
  shared: 'shared',
  state: 'state',
};

type PlainToken = Exclude<Token, { readonly kind: 'either' }>;

interface Raw {
  readonly text: string;
  readonly construct: boolean;
  readonly tokens: readonly PlainToken[];
  readonly end: number;
}

/** Tokenizes, takes `new` off, and multiplies out `{a,b}`. */
function expand(text: string): readonly Raw[] {
  const construct = text.startsWith('new ');
  const base = construct ? 4 : 0;
  const tokens = tokenize(text.slice(base), base);
  const { kind, offset } = tokens[0]!;
  if (kind !== 'name' && kind !== 'either' && kind !== 'any')
    throw new SelectorError('expected a name at the start', offset);
  return multiply(tokens).map((list) => ({ text, construct, tokens: list, end: text.length }));
}

/** `{a,b}.x` gives `a.x` and `b.x`. */
function multiply(tokens: readonly Token[]): readonly (readonly PlainToken[])[] {
  let lists: PlainToken[][] = [[]];
  for (const token of tokens) {
    const choices = token.kind === 'either' ? token.choices.flatMap(multiply) : [[token]];
    lists = lists.flatMap((list) => choices.map((choice) => [...list, ...choice]));
  }
  return lists;
}

/** The steps of a value. `bare`: `new` stands for the call that follows, so that no construct step is made for it. */
function place(raw: Raw, tokens: readonly PlainToken[], bare = false): Selector {
  const steps: Step[] = [];
  let pending = raw.construct && !bare;
  for (let i = 1; i < tokens.length; i++) {
    const token = tokens[i]!;
    switch (token.kind) {
      case 'name':
        steps.push({ kind: 'member', name: token.name });
        break;
      case 'class':
        steps.push({ kind: 'class', name: token.name });
        break;
      case 'any':
      case 'element':
        steps.push({ kind: token.kind });
        break;
      case 'call':
        steps.push({ kind: pending ? 'construct' : 'call' });
        pending = false;
        break;
      case 'argument': {
        const end = tokens.findIndex((other, j) => j > i && other.kind === 'receives');
        const receives = tokens[end];
        if (receives?.kind !== 'receives')
          throw new SelectorError("an argument is no value of an interface: expected '->m' behind it", token.offset);
        const { index: argument, rest } = token;
        steps.push({
          kind: 'parameter',
          argument,
          rest,
          path: path(tokens.slice(i + 1, end)),
          parameter: receives.index,
        });
        pending = false;
        i = end;
        break;
      }
      default:
        throw new SelectorError('this is no value of an interface', token.offset);
    }
  }
  if (pending) steps.push({ kind: 'construct' });
  const first = tokens[0]!;
  const root = first.kind === 'name' ? first.name : 'default';
  return { text: raw.text, root, exported: raw.construct, steps };
}

/** A port of a call whose first token is `()`, `(n)` or `(this)`. */
function port(tokens: readonly PlainToken[]): OpenPort {
  const first = tokens[0]!;
  if (first.kind === 'argument') {
    return below({ root: first.rest ? 'arguments' : 'argument', index: first.index, path: [] }, tokens.slice(1));
  }
  return below(first.kind === 'receiver' ? { root: 'receiver', index: 0, path: [] } : RESULT, tokens.slice(1));
}

function below(start: OpenPort, tokens: readonly PlainToken[]): OpenPort {
  const arrow = tokens.findIndex((token) => token.kind === 'receives' || token.kind === 'returns');
  if (arrow < 0) return { ...start, path: path(tokens) };
  const token = tokens[arrow]!;
  const callback: OpenPort = { ...start, path: path(tokens.slice(0, arrow)) };
  const root = token.kind === 'returns' ? 'invoke-result' : 'invoke-argument';
  const index = token.kind === 'receives' ? token.index : 0;
  // What a callback receives may be a function itself: `(0)->0->0` is what `resolve` is called with.
  return below({ root, index, path: [], callback }, tokens.slice(arrow + 1));
}

function path(tokens: readonly PlainToken[]): readonly string[] {
  return tokens.map((token) => {
    if (token.kind === 'name') return token.name;
    if (token.kind === 'element') return ELEMENT;
    if (token.kind === 'any') return ANY;
    throw new SelectorError("a path below a port is made of '.name', '.*' and '[]'", token.offset);
  });
}
