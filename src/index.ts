export type { BaselineEntry } from './core/baseline.js';
export type * from './core/diagnostic.js';
export { RequestError } from './core/errors.js';
export type * from './core/finding.js';
export type { Changes, ScanOptions } from './core/options.js';
export type * from './core/settings.js';
export type { Location, Position, Span } from './core/span.js';
export { scan } from './scan.js';
