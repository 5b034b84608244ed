import type { BaselineEntry } from './baseline.js';
import type { Profile } from './finding.js';
import type { ScanSettings } from './settings.js';

/** What a scan is asked to do. */
export interface ScanOptions {
  /** Absolute path of the folder to which every path of the result is relative. */
  readonly root: string;
  /** Files and folders to scan, absolute or relative to the root; an empty list stands for the whole root. */
  readonly paths: readonly string[];
  /** Globs, relative to the root, of files and folders to leave out, in addition to what ignore files say. */
  readonly exclude: readonly string[];
  readonly profile: Profile;
  /** Report only these rules, whatever their profile. Absent: the rules of the profile. */
  readonly rules?: readonly string[];
  /** Follow data through test files too; absent: only those that `paths` names. */
  readonly tests?: boolean;
  /** Ask the TypeScript compiler for the types of receivers that syntax, imports and written types leave open; absent: no. */
  readonly types?: boolean;
  /** Number of workers that parse, ≥ 1. The result does not depend on it. */
  readonly jobs: number;
  /** Absolute path of the folder that holds the cache; absent: nothing is cached. */
  readonly cacheDir?: string;
  /** What the configuration asks for beside the options above; absent: nothing. */
  readonly settings?: ScanSettings;
  /** Findings that are known and do not count. */
  readonly baseline?: readonly BaselineEntry[];
  /** Report only what touches lines that changed; absent: everything. */
  readonly changes?: Changes;
  /** The date, `2026-11-21`, against which the expiry of suppressions is judged; absent: nothing expires. */
  readonly today?: string;
  /** Called now and then with the name of the phase and how far it is; for people only. */
  readonly onProgress?: (phase: string, done: number, total: number) => void;
}

/** Which lines differ from an earlier state of the repository. */
export interface Changes {
  /** Whether any of the lines from `first` to `last` (one-based, both included) of a file is new or changed, given the file's text. */
  readonly touches: (file: string, text: string, first: number, last: number) => boolean;
  /** Whether lines were removed, and nothing put in their place, between two lines (one-based) of a file: a redaction, for example. */
  readonly removes: (file: string, text: string, first: number, last: number) => boolean;
}
