import type { Condition } from '../core/port.js';
import { type OpenPort, parsePorts } from './selector.js';
import { SelectorError } from './selector-tokens.js';

/** A condition whose port names its callback by value. `sibling` conditions keep only the field: the sink's own path comes before it. */
export interface OpenCondition {
  readonly port: OpenPort;
  readonly others?: readonly OpenPort[];
  readonly test: Condition['test'];
  readonly values: readonly string[];
  readonly sibling: boolean;
}

/** Lists of values that conditions name. */
export type ValueLists = Readonly<Record<string, readonly string[]>>;

const TESTS: readonly (readonly [text: string, test: Condition['test'], arity: 'list' | 'one' | 'none'])[] = [
  ['not in', 'not-in', 'list'],
  ['in', 'in', 'list'],
  ['!=', 'not-in', 'one'],
  ['=', 'in', 'one'],
  ['at most', 'at-most', 'one'],
  ['not matches', 'not-matches', 'list'],
  ['matches', 'matches', 'list'],
  ['not leaves', 'not-leaves', 'one'],
  ['leaves', 'leaves', 'one'],
  ['not from', 'not-from', 'list'],
  ['from', 'from', 'list'],
  ['not written', 'unwritten', 'none'],
  ['written', 'written', 'none'],
  ['named', 'named', 'list'],
  ['answers', 'answers', 'list'],
  ['not filled', 'unfilled', 'none'],
  ['filled', 'filled', 'none'],
  ['not function', 'not-function', 'none'],
  ['function', 'function', 'none'],
  ['remote-plain-http', 'remote-plain-http', 'none'],
  ['present', 'present', 'none'],
  ['absent', 'absent', 'none'],
];

/**
 * Parses `port test values`: `(0).stream = true`, `(1) in [a, 'b c']`, `(0) matches https://api.openai.com/*`, `(1).shell present`, `(1) at most 4`.
 * `(1).{prompt,input} written`: one of them is enough. `(0) matches @hosts` takes the values of a list that has a name. A port that starts with a dot is a sibling of the last field of the sink's or source's own port: `.role in [system, developer]`.
 */
export function parseCondition(text: string, lists: ValueLists = {}): OpenCondition {
  const space = text.indexOf(' ');
  if (space < 0) throw new SelectorError('expected a port, a test and values, as in `(0).role = system`', text.length);
  const sibling = text.startsWith('.');
  const [port, ...others] = sibling ? [siblingPort(text.slice(0, space))] : parsePorts(text.slice(0, space));
  if (!port) throw new SelectorError('expected a port', 0);
  const rest = text.slice(space + 1);
  for (const [word, test, arity] of TESTS) {
    if (rest !== word && !rest.startsWith(`${word} `)) continue;
    const name = /^@([\w-]+)$/.exec(rest.slice(word.length).trim())?.[1];
    const list = name === undefined ? undefined : lists[name];
    if (name !== undefined && !list)
      throw new SelectorError(`there is no list '@${name}'`, text.length - name.length - 1);
    const values = list ?? parseValues(rest.slice(word.length).trim(), arity);
    if (arity === 'none' ? values.length > 0 : values.length === 0) {
      const message = arity === 'none' ? `'${word}' takes no value` : `'${word}' needs a value`;
      throw new SelectorError(message, space + 1 + word.length);
    }
    return { port, ...(others.length > 0 && { others }), test, values, sibling };
  }
  throw new SelectorError(`expected a test: ${TESTS.map(([word]) => `'${word}'`).join(', ')}`, space + 1);
}

function siblingPort(text: string): OpenPort {
  const { path } = text === '.' ? { path: [] } : onlyPort(`this${text}`);
  return { root: 'argument', index: 0, path };
}

function onlyPort(text: string): OpenPort {
  const ports = parsePorts(text);
  if (ports.length !== 1) throw new SelectorError('a condition asks of one port', 0);
  return ports[0]!;
}

function parseValues(text: string, arity: 'list' | 'one' | 'none'): readonly string[] {
  if (text === '') return [];
  if (arity === 'list' && text.startsWith('[') && text.endsWith(']'))
    return text
      .slice(1, -1)
      .split(',')
      .map((value) => unquote(value.trim()));
  return [unquote(text)];
}

function unquote(text: string): string {
  return text.length > 1 && text.startsWith("'") && text.endsWith("'") ? text.slice(1, -1) : text;
}
