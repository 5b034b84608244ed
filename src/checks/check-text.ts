import type { Confidence, Level } from '../core/finding.js';
import type { Glob } from './glob.js';

/** What every check says, whatever it looks at. */
export interface CheckText {
  /** Name of the check within its file, for people and tests. */
  readonly id: string;
  readonly rule: string;
  readonly level: Level;
  readonly confidence: Confidence;
  /** `{value}`, `{key}`, `{path}`, `{name}` (the last key of the enclosing entry) and `{text}` (the word found) are filled in. */
  readonly message: string;
  readonly advice: string;
  /** What would be narrow enough, to paste; '' for none. */
  readonly snippet: string;
}

/** Which files a check reads. */
export interface FileFilter {
  readonly files: readonly Glob[];
  readonly exclude: readonly Glob[];
  /** The text must hold one of these, so that most files need not be parsed; empty for no such condition. */
  readonly mentions: readonly string[];
}
