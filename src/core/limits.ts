/**
 * Every bound of the analysis, each counted in steps or sizes (never in milliseconds, so that results do not depend on the machine).
 * Reaching one is a diagnostic of kind `limit` or `skipped-file`, never silence.
 */
export interface Limits {
  /** Bytes above which a file is not parsed. Why: generated and bundled code starts about here. */
  readonly fileBytes: number;
  /** Characters of the longest line above which a file counts as minified. */
  readonly lineCharacters: number;
  /** Segments of an access path. Why: member chains of ≤ 3 cover 99.6 % of code, wrappers add two; CodeQL and FlowDroid use 5. */
  readonly pathDepth: number;
  /**
   * Fields kept apart per abstract object; more are merged into the unknown key. Why: Pysa keeps 25 and Mariana Trench 20, but configuration
   * objects of 40 and more named fields are common here, and merging them gives every field the credential of one.
   */
  readonly pathWidth: number;
  /** Facts per value. Why: Semgrep keeps 25. */
  readonly factsPerValue: number;
  /** Abstract objects per value. */
  readonly objectsPerValue: number;
  /** Edges per function summary. */
  readonly edgesPerSummary: number;
  /** Edges between one origin and one target (a parameter and the result, say) of a summary; derived ones count double. */
  readonly edgesPerPair: number;
  /** Calls of values that the caller provides (callbacks), per function summary. */
  readonly invokesPerSummary: number;
  /** Targets per call site; a call with more counts as unresolved. */
  readonly targetsPerCall: number;
  /** Abstract values per tracker node. */
  readonly trackerSet: number;
  /** Rounds over a strongly connected component before its summaries are frozen. */
  readonly componentRounds: number;
  /** Summaries of methods for the class of the instance, per program. Why: a few hundred are asked for in large code of many classes. */
  readonly specialisedSummaries: number;
  /** Files that the type oracle gives to the compiler. Why: it takes half a gigabyte for some 2,000. */
  readonly oracleFiles: number;
  /** Depth of callbacks called by callbacks while one call is instantiated. */
  readonly callbackDepth: number;
  /** Transfer steps per function: `fuelBase + fuelPerInstruction × instructions`. */
  readonly fuelBase: number;
  readonly fuelPerInstruction: number;
  /** Steps of a trace that are printed. GitHub shows at most 1,000 locations. */
  readonly traceSteps: number;
}

export const DEFAULT_LIMITS: Limits = {
  fileBytes: 1_048_576,
  lineCharacters: 50_000,
  pathDepth: 5,
  pathWidth: 96,
  factsPerValue: 8,
  objectsPerValue: 16,
  edgesPerSummary: 128,
  edgesPerPair: 32,
  invokesPerSummary: 24,
  targetsPerCall: 16,
  trackerSet: 16,
  componentRounds: 4,
  specialisedSummaries: 1_000,
  oracleFiles: 2_000,
  callbackDepth: 2,
  fuelBase: 20_000,
  fuelPerInstruction: 40,
  traceSteps: 100,
};
