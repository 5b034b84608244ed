import { CALL_ARGUMENTS } from '../../ir/instruction.js';
import { modelsOf } from './call-states.js';
import type { Item } from './item.js';
import { rootItems } from './root-items.js';
import type { StaticValues } from './static-values.js';

/** Calls one around the other that are looked through. */
const DEPTH = 8;

/**
 * What does the work of something that was made by calls which wrap it: `combine(timestamp(), mask())`, where `mask` is the result of
 * `format((info) => …)`, stands for that function.
 */
export function unwrap(values: StaticValues, item: Item, depth = 0): readonly Item[] {
  if (item.kind !== 'call' || depth > DEPTH) return [item];
  const { function: fn, pc } = item.place;
  const ports = modelsOf(values, item.place).flatMap(({ wraps = [] }) => wraps);
  const inner = ports.flatMap((port) => values.path(rootItems(values, item.place, port), port.path));
  if (inner.length > 0) return inner.flatMap((each) => unwrap(values, each, depth + 1));
  const { code } = values.program.fileOf(fn);
  const callees = pc + CALL_ARGUMENTS > code.length ? [] : values.slot(fn, code[pc + 4]!);
  const made = callees.filter(({ kind }) => kind === 'call');
  const found = made.flatMap((each) => unwrap(values, each, depth + 1)).filter(({ kind }) => kind === 'function');
  return found.length > 0 ? found : [item];
}
