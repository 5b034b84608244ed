/** What a code-scanning service accepts of one run. Whatever is cut is said in a notification of the report. */
export interface SarifLimits {
  /** Results in a run; more and the whole file is refused. */
  readonly results: number;
  /** Locations of a result's thread flow. */
  readonly threadFlowLocations: number;
  /** Notifications in a run; a limit of ours, so that diagnostics cannot crowd out results. */
  readonly notifications: number;
  /** Size of the file once compressed with gzip. */
  readonly compressedBytes: number;
}

/** What it accepts of a file of several runs, from several tools. */
export interface SarifFileLimits extends SarifLimits {
  /** Runs in a file. */
  readonly runs: number;
  /** Of the results of a run, those that are shown; the others are only accepted. */
  readonly shownResults: number;
  /** Locations of a result. */
  readonly locations: number;
  /** Rules of a run. */
  readonly rules: number;
  /** Tool extensions of a run. */
  readonly extensions: number;
  /** Tags of a rule. */
  readonly tags: number;
}

/**
 * Limits of GitHub code scanning: GitHub Docs, "SARIF results exceed one or more limits" and "SARIF support for code scanning". Of thread
 * flow locations it accepts 10,000 and shows 1,000, so that more than these only cost room.
 */
export const GITHUB_LIMITS: SarifLimits = {
  results: 25_000,
  threadFlowLocations: 1_000,
  notifications: 1_000,
  compressedBytes: 10 * 1024 * 1024,
};

export const GITHUB_FILE_LIMITS: SarifFileLimits = {
  ...GITHUB_LIMITS,
  runs: 20,
  shownResults: 5_000,
  locations: 1_000,
  rules: 25_000,
  extensions: 100,
  tags: 20,
};
