import type { OpenPartPort } from './model-data.js';
import { parsePorts } from './selector.js';

/** Parses where a part of a definition stands: `(1).inputSchema` at the call, `.execute` below the item, `*` for the item's key. */
export function parsePartPort(text: string): OpenPartPort {
  if (text === '*') return { from: 'key', port: { root: 'result', index: 0, path: [] } };
  if (!text.startsWith('.')) return { from: 'call', port: parsePorts(text)[0]! };
  return { from: 'item', port: { ...parsePorts(`this${text}`)[0]!, root: 'result' } };
}
