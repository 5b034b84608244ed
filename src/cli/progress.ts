import type { Io } from './io.js';

/** A line that says how far the scan is, on a terminal and nowhere else. */
export interface Progress {
  readonly report: (phase: string, done: number, total: number) => void;
  /** Wipes the line. */
  readonly end: () => void;
}

/** Milliseconds between two updates: often enough to look alive, seldom enough to cost nothing. */
const INTERVAL = 80;
const WIPE = '\r\u001b[K';

export function createProgress(io: Io, wanted: boolean): Progress {
  if (!wanted || !io.stderr.isTTY || io.env.TERM === 'dumb') return { report: () => undefined, end: () => undefined };
  let last = Number.NEGATIVE_INFINITY;
  let shown = false;
  return {
    report: (phase, done, total) => {
      const now = io.clock();
      if (now - last < INTERVAL) return;
      last = now;
      shown = true;
      const share = total > 0 ? ` ${done}/${total}` : '';
      io.stderr.write(WIPE + `${phase}${share}`.slice(0, Math.max(1, (io.stderr.columns ?? 80) - 1)));
    },
    end: () => {
      if (shown) io.stderr.write(WIPE);
      shown = false;
    },
  };
}
