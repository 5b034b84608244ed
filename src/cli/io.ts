/** All that the command line knows of the process it runs in, so that it can be run without one. */
export interface Io {
  readonly stdout: Stream;
  readonly stderr: Stream;
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Version of Node, as `20.11.0`. */
  readonly nodeVersion: string;
  /** All of standard input. */
  readonly readInput: () => Promise<Uint8Array>;
  /** Asks the person at the terminal; undefined for an answer when there is none any more. Missing where nobody can be asked. */
  readonly ask?: (question: string) => Promise<string | undefined>;
  /** Milliseconds since some point in the past; only differences count. */
  readonly clock: () => number;
  /** The date in UTC, `2026-11-21`, against which the expiry of suppressions is judged. */
  readonly today: () => string;
}

export interface Stream {
  readonly write: (text: string) => void;
  readonly isTTY: boolean;
  /** Width in cells, where it is a terminal. */
  readonly columns: number | undefined;
}

/** What `spillcheck` exits with. */
export enum ExitCode {
  /** Nothing at or above the threshold. */
  Clean = 0,
  /** At least one finding at or above the threshold. */
  Findings = 1,
  /** The request could not be carried out. */
  Failure = 2,
}
