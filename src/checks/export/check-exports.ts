import type { FileContext } from '../file-context.js';
import type { Hit } from '../hit.js';

export function checkExports(_context: FileContext): Hit[] {
  return [];
}
