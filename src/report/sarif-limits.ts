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

/** Limits of GitHub code scanning. */
export const GITHUB_LIMITS: SarifLimits = {
  results: 25_000,
  threadFlowLocations: 1_000,
  notifications: 1_000,
  compressedBytes: 10 * 1024 * 1024,
};
