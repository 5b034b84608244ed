import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeText } from '../project/read-text.js';
import type { ReportContext } from '../report/context.js';

/** Reads the texts that a report shows, as the scan read them. A file that cannot be read any more has none. */
export function createTexts(root: string): ReportContext['texts'] {
  return (path) => {
    try {
      const bytes = readFileSync(join(root, path));
      const text = decodeText(bytes)?.text;
      const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
      return text !== undefined && marked ? `\ufeff${text}` : text;
    } catch {
      return undefined;
    }
  };
}
