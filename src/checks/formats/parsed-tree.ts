import type { CheckLimits } from '../limits.js';
import type { Node } from '../tree.js';

export interface TreeProblem {
  /** Offset in the text. */
  readonly offset: number;
  readonly message: string;
}

export interface ParsedTree {
  /** What could be read; undefined for nothing. */
  readonly root: Node | undefined;
  /** The first thing that is wrong with the text. */
  readonly problem: TreeProblem | undefined;
}

/** Counts nodes, so that a small text that expands to a huge tree stays bounded. */
export class Budget {
  #left: number;
  #exhausted = false;

  constructor(private readonly limits: CheckLimits) {
    this.#left = limits.treeNodes;
  }

  get exhausted(): boolean {
    return this.#exhausted;
  }

  /** Whether one more node at this depth may be made. */
  take(depth: number): boolean {
    if (this.#left <= 0 || depth > this.limits.treeDepth) {
      this.#exhausted = true;
      return false;
    }
    this.#left--;
    return true;
  }
}
