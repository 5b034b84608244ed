export type { Diagnostic, DiagnosticKind } from './core/diagnostic.js';
export { RequestError } from './core/errors.js';
export type {
  Confidence,
  Feature,
  Finding,
  Fingerprints,
  Level,
  Profile,
  RelatedLocation,
  ScanResult,
  Statistics,
  Step,
} from './core/finding.js';
export type { Kind } from './core/kinds.js';
export type { ScanOptions } from './core/options.js';
export type { Location, Span } from './core/span.js';
export { scan } from './scan.js';
