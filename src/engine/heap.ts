import type { Clears } from '../core/kinds.js';
import type { NameTest } from './name-tests.js';
import type { PathId } from './path-table.js';
import type { Fact, Value } from './value.js';

/** What one abstract object holds at one point of a function. */
export interface Fields {
  /** The state that may write this in place; others copy first. */
  owner: State;
  readonly map: Map<string, Value>;
  /** Values absorbed by spreading, of which fields that `map` lacks may come; each minus the fields named in `without` of its facts. */
  rest: readonly Fact[];
  /** Of a thing that is not made here: names of fields that it lacks by now, in the form of `Fact.without`. */
  hidden: string;
  /** Fields that are overwritten under names which are gone through at the moment. */
  keyed: ReadonlyMap<string, Overwritten> | undefined;
}

/** The fields under names that stand at `path` below `root` and pass a test are overwritten. */
export interface Overwritten {
  readonly root: number;
  readonly path: PathId;
  readonly test: NameTest;
  /** The first block of the loop that goes through the names, -1 for none. */
  readonly loop: number;
  /** What was written in their place. */
  readonly value: Value;
}

/** A guard that has succeeded on the way here: facts equal to one of `facts` are cleared of `clears`. */
export interface Refinement {
  readonly slot: number;
  readonly facts: readonly Fact[];
  readonly clears: Clears;
  /** The name at a path below a root passes a test. */
  readonly name?: { readonly root: number; readonly path: PathId; readonly test: NameTest };
  /** It is no object. */
  readonly isScalar?: boolean;
  /** What is in the facts, and what derives from them, is cleared too. */
  readonly derived?: boolean;
}

/** The flow-sensitive part of a function's analysis at one point: reassigned variables, objects, and guards that hold. */
export class State {
  vars: Map<number, Value>;
  heap: Map<number, Fields>;
  refinements: readonly Refinement[];

  constructor(vars?: Map<number, Value>, heap?: Map<number, Fields>, refinements: readonly Refinement[] = []) {
    this.vars = vars ?? new Map();
    this.heap = heap ?? new Map();
    this.refinements = refinements;
  }

  /** A copy that shares the objects' fields until one of the two writes. Costs |vars| + |heap|. */
  fork(): State {
    // Fields owned by this state would be written in place by it behind the fork's back: give them up.
    const heap = new Map<number, Fields>();
    const nobody = SHARED;
    for (const [object, fields] of this.heap) {
      fields.owner = nobody;
      heap.set(object, fields);
    }
    return new State(new Map(this.vars), heap, this.refinements);
  }

  get size(): number {
    return this.vars.size + this.heap.size;
  }

  read(object: number): Fields | undefined {
    return this.heap.get(object);
  }

  /** The fields of an object, writable in place. */
  write(object: number): Fields {
    const fields = this.heap.get(object);
    if (fields === undefined) {
      const fresh: Fields = { owner: this, map: new Map(), rest: [], hidden: '', keyed: undefined };
      this.heap.set(object, fresh);
      return fresh;
    }
    if (fields.owner === this) return fields;
    const copy: Fields = {
      owner: this,
      map: new Map(fields.map),
      rest: fields.rest,
      hidden: fields.hidden,
      keyed: fields.keyed,
    };
    this.heap.set(object, copy);
    return copy;
  }
}

/** The owner of fields that several states share. */
const SHARED = new State();
