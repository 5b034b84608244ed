import type { Level, Profile } from '../core/finding.js';
import type { ScanSettings } from '../core/settings.js';

/** What the configuration of a repository says, checked and with everything that it names resolved. What it leaves open is undefined. */
export interface Configuration {
  /** The file, as messages name it; undefined where there is none. */
  readonly file: string | undefined;
  /** Globs relative to the scan root. */
  readonly exclude: readonly string[];
  readonly profile: Profile | undefined;
  readonly failOn: Level | 'never' | undefined;
  /** Whether code of tests is followed too. */
  readonly tests: boolean | undefined;
  /** Whether the TypeScript compiler is asked where nothing else tells of a type. */
  readonly types: boolean | undefined;
  readonly jobs: number | undefined;
  /** Whether to cache; where, a repository has no say. */
  readonly cache: boolean | undefined;
  readonly settings: ScanSettings;
}
