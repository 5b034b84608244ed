import type { Level, Profile } from '../core/finding.js';
import type { Format } from '../report/reporters.js';

/** What the command line asks for. */
export type Request = ScanRequest | { readonly command: 'rules' } | ExplainRequest;

export interface ExplainRequest {
  readonly command: 'explain';
  readonly rule: string;
}

export interface ScanRequest {
  readonly command: 'scan';
  /** As written; relative ones start at the working directory. */
  readonly paths: readonly string[];
  readonly exclude: readonly string[];
  readonly profile: Profile;
  readonly rules: readonly string[];
  readonly jobs: number | undefined;
  /** The report that is printed or, with `outputs`, written. */
  readonly format: Format | undefined;
  readonly outputs: readonly Output[];
  readonly quiet: boolean;
  readonly color: boolean;
  readonly failOn: Level | 'never';
}

/** `--output file` has no format of its own. */
export interface Output {
  readonly format: Format | undefined;
  readonly file: string;
}
