import type { Reporter } from './context.js';

export const FORMATS = [
  'terminal',
  'compact',
  'json',
  'sarif',
  'markdown',
  'github',
  'gitlab',
  'gitlab-sast',
  'junit',
  'csv',
] as const;
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
    case 'markdown':
      return (await import('./markdown.js')).markdown;
    case 'github':
      return (await import('./github.js')).github;
    case 'gitlab':
      return (await import('./gitlab.js')).gitlab;
    case 'gitlab-sast':
      return (await import('./gitlab-sast.js')).gitlabSast;
    case 'junit':
      return (await import('./junit.js')).junit;
    case 'csv':
      return (await import('./csv.js')).csv;
  }
}
