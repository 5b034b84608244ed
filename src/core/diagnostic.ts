/**
 * Something the scan could not do as one would expect. A diagnostic is about *their code*: the scan goes on and the report says
 * what was not analysed. (A wrong flag, configuration or rule file is a `RequestError`; a fault of ours is thrown as it is.)
 */
export interface Diagnostic {
  readonly kind: DiagnosticKind;
  /** One sentence for people, without the place. */
  readonly message: string;
  /** POSIX path relative to the scan root, where there is one. */
  readonly file?: string;
  /** One-based. */
  readonly line?: number;
  readonly column?: number;
  /** How many occurrences this row stands for (default 1). */
  readonly count?: number;
}

/**
 * - `syntax-error`: the file, or a part of it, did not parse
 * - `unlowered`: a construct that the front end does not lower
 * - `skipped-file`: too large, minified, binary: not analysed for flows
 * - `unreadable`: the file or folder could not be read
 * - `encoding`: the text is no valid UTF-8 and was read with replacement characters
 * - `unresolved-import`: a specifier of the project's own (relative, alias, workspace) that leads nowhere
 * - `configuration`: a tsconfig.json, package.json or workspace file of the scanned repository that does not parse
 * - `limit`: a bound of `limits.ts` was reached, and the analysis is coarser there
 * - `dynamic-code`: `eval` and kin, whose text is not followed
 * - `suppression`: a suppression that is malformed, has expired, or suppresses nothing
 * - `baseline`: an entry of the baseline that nothing fits any more
 */
export type DiagnosticKind =
  | 'syntax-error'
  | 'unlowered'
  | 'skipped-file'
  | 'unreadable'
  | 'encoding'
  | 'unresolved-import'
  | 'configuration'
  | 'limit'
  | 'dynamic-code'
  | 'suppression'
  | 'baseline';

export type DiagnosticSink = (diagnostic: Diagnostic) => void;
