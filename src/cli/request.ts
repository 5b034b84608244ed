import type { Level, Profile } from '../core/finding.js';
import type { Format } from '../report/reporters.js';

/** What the command line asks for. */
export type Request =
  | ScanRequest
  | SecretsRequest
  | BaselineRequest
  | ExplainRequest
  | DoctorRequest
  | ToolsRequest
  | MergeRequest
  | InitRequest
  | { readonly command: 'rules' };

/** What all commands that analyse code are told. What is undefined is left to the configuration, and then to the default. */
export interface AnalysisRequest {
  /** A configuration file instead of the one that is found; false for none at all. */
  readonly config: string | false | undefined;
  readonly exclude: readonly string[];
  readonly profile: Profile | undefined;
  /** Follow data through test files too. */
  readonly tests: boolean;
  /** Ask the TypeScript compiler where nothing else tells of a type. */
  readonly types: boolean;
  readonly rules: readonly string[];
  readonly jobs: number | undefined;
  /** The folder of the cache, as written; false for none, undefined for the user's own. */
  readonly cache: string | false | undefined;
  /** A baseline instead of the one of the repository; false for none at all. */
  readonly baseline: string | false | undefined;
  readonly quiet: boolean;
  readonly color: boolean;
}

export interface ScanRequest extends AnalysisRequest {
  readonly command: 'scan';
  /** As written; relative ones start at the working directory. */
  readonly paths: readonly string[];
  /** The report that is printed or, with `outputs`, written. */
  readonly format: Format | undefined;
  readonly outputs: readonly Output[];
  readonly failOn: Level | 'never' | undefined;
  /** Report only what touches lines changed since this revision. */
  readonly since: string | undefined;
  /** Report only what touches lines changed in the index. */
  readonly staged: boolean;
  readonly includeSuppressed: boolean;
}

export interface SecretsRequest extends AnalysisRequest {
  readonly command: 'secrets';
  /** As written; `-` stands for standard input. */
  readonly paths: readonly string[];
  readonly format: Format | undefined;
  readonly outputs: readonly Output[];
  readonly failOn: Level | 'never' | undefined;
  /** Search the content of the index that differs from the last commit. */
  readonly staged: boolean;
  /** The path by which standard input is judged. */
  readonly stdinFilename: string | undefined;
  readonly includeSuppressed: boolean;
}

export interface BaselineRequest extends AnalysisRequest {
  readonly command: 'baseline';
  /** A folder of the repository; undefined for the working directory. */
  readonly folder: string | undefined;
  /** Only take out entries that nothing fits any more. */
  readonly prune: boolean;
}

export interface ExplainRequest extends AnalysisRequest {
  readonly command: 'explain';
  /** A rule, the fingerprint of a finding, or `file:line`. */
  readonly subject: string;
  /** Instead of a subject: the selector of an interface, of which the models are asked: `openai#Client.chat*`. */
  readonly model: string | undefined;
}

export interface DoctorRequest extends AnalysisRequest {
  readonly command: 'doctor';
  /** As written; relative ones start at the working directory. */
  readonly paths: readonly string[];
}

export interface ToolsRequest extends AnalysisRequest {
  readonly command: 'tools';
  /** As written; relative ones start at the working directory. */
  readonly paths: readonly string[];
  readonly format: 'table' | 'json';
}

export interface MergeRequest {
  readonly command: 'merge';
  /** As written; relative ones start at the working directory. */
  readonly files: readonly string[];
  readonly output: string;
}

export interface InitRequest {
  readonly command: 'init';
  /** Writes what is not there without asking, and leaves alone what is. */
  readonly yes: boolean;
}

/** `--output file` has no format of its own. */
export interface Output {
  readonly format: Format | undefined;
  readonly file: string;
}
