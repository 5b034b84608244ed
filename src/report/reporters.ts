import type { Reporter } from './context.js';

export const FORMATS = ['terminal', 'compact', 'json', 'sarif'] as const;
export type Format = (typeof FORMATS)[number];

/** Loads the reporter of a format, and only that one. */
export async function loadReporter(format: Format): Promise<Reporter> {
  switch (format) {
    case 'terminal':
      return (await import('./terminal.js')).terminal;
    case 'compact':
      return (await import('./compact.js')).compact;
    case 'json':
      return (await import('./json.js')).json;
    case 'sarif':
      return (await import('./sarif.js')).sarif;
  }
}
