import type { Location } from '../../core/span.js';
import type { Place } from './item.js';
import type { StaticValues } from './static-values.js';

/** Where an instruction stands. */
export function locate(values: StaticValues, { function: fn, pc }: Place): Location {
  const { code, path } = values.program.fileOf(fn);
  return { file: path, start: code[pc + 1]!, end: code[pc + 2]! };
}
