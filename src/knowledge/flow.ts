import { Clears, clearsByName } from '../core/kinds.js';
import type { FlowModel } from '../core/port.js';
import type { OpenCondition } from './condition.js';
import { type OpenPort, parsePorts } from './selector.js';
import { SelectorError } from './selector-tokens.js';

/** A flow whose ports name their callbacks by value. */
export interface OpenFlow {
  readonly from: OpenPort;
  readonly to: OpenPort;
  readonly mode: 'value' | 'taint';
  readonly clears: Clears;
  readonly when: readonly OpenCondition[];
  readonly numeric: boolean;
  readonly later?: boolean;
  /** See `FlowModel.fields`. */
  readonly fields?: { readonly at: OpenPort; readonly keep: boolean };
  /** See `FlowModel.parsed`. */
  readonly parsed?: FlowModel['parsed'];
  /** See `FlowModel.chosen`. */
  readonly chosen?: boolean;
}

/**
 * Parses `from -> to` (the very object goes on) or `from ~> to` (something derived from it does). The arrow stands between blanks;
 * alternatives `{a,b}` on either side give several flows.
 */
export function parseFlow(text: string): readonly Pick<OpenFlow, 'from' | 'to' | 'mode'>[] {
  const match = / ([-~])> /.exec(text);
  if (!match) throw new SelectorError("expected 'from -> to' or 'from ~> to'", text.length);
  const mode = match[1] === '-' ? 'value' : 'taint';
  const targets = parsePorts(text.slice(match.index + match[0].length), match.index + match[0].length);
  return parsePorts(text.slice(0, match.index)).flatMap((from) => targets.map((to) => ({ from, to, mode })));
}

/** The bits of a list such as `[secret, personal]`. Throws `SelectorError` for an unknown name. */
export function parseClears(names: readonly string[]): Clears {
  let clears: Clears = Clears.Nothing;
  for (const name of names) {
    const bits = clearsByName(name);
    if (bits === undefined) throw new SelectorError(`'${name}' is no family of kinds that can be cleared`, 0);
    clears |= bits;
  }
  return clears;
}
