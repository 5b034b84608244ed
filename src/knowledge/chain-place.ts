import type { ChainPlace } from '../core/port.js';
import { SelectorError } from './selector-tokens.js';

const PLACE = /^(sql )?([A-Za-z_$][\w$]*)?\((\d+)\)((?:\.[A-Za-z_$][\w$]*)*)$/;

/** Parses a place in a chain of calls: `base`, `(0).select`, `from(0)`, `sql (0)`. */
export function parseChainPlace(text: string): ChainPlace {
  if (text === 'base') return { method: 'base', argument: 0, path: [], sql: false };
  const match = PLACE.exec(text);
  if (!match) throw new SelectorError("expected 'base', '(n)', 'method(n)' or 'sql (n)'", 0);
  const [, sql, method = '', argument, path = ''] = match;
  return { method, argument: Number(argument), path: path.split('.').slice(1), sql: sql !== undefined };
}
