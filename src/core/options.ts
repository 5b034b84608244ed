import type { Profile } from './finding.js';

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
  /** Number of workers that parse, ≥ 1. The result does not depend on it. */
  readonly jobs: number;
  /** Absolute path of the folder that holds the cache; absent: nothing is cached. */
  readonly cacheDir?: string;
  /** Called now and then with the name of the phase and how far it is; for people only. */
  readonly onProgress?: (phase: string, done: number, total: number) => void;
}
