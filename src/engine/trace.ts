/**
 * The way of a fact, as a shared linked list that is opened only when it is printed. The newest step is the head.
 * A step that passed through a call holds the callee's own trace, in the callee's terms, as `inner`.
 */
export interface Trace {
  readonly previous: Trace | undefined;
  readonly inner: Trace | undefined;
  readonly step: StepKind;
  /** What the step concerns: name of the variable, field or callee. */
  readonly subject: string;
  /** Global function number. */
  readonly function: number;
  readonly start: number;
  readonly end: number;
  /** Steps up to here, inner ones included. */
  readonly length: number;
}

export type StepKind =
  /** Where it begins: a source was read, a call returned it. */
  | 'source'
  | 'parameter'
  | 'cell'
  | 'read'
  | 'combine'
  | 'store'
  /** Went into a call and came back out of it. */
  | 'through'
  /** Came back out of a call in which it began. */
  | 'from'
  /** Went into a call and stays there. */
  | 'into'
  | 'sink';

export function trace(
  previous: Trace | undefined,
  step: StepKind,
  subject: string,
  fn: number,
  start: number,
  end: number,
  inner?: Trace,
): Trace {
  return {
    previous,
    inner,
    step,
    subject,
    function: fn,
    start,
    end,
    length: (previous?.length ?? 0) + (inner?.length ?? 0) + 1,
  };
}
