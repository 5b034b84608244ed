import type { Kind } from '../core/kinds.js';
import type { ReadModel, WriteModel } from '../core/port.js';
import type { CallPart } from './model-data.js';
import type { ParameterStep, Step } from './selector.js';

/** What a statement says of a call, and where it stands. */
export interface PlacedPart {
  readonly package: string;
  readonly selector: string;
  readonly part: CallPart;
}

/** A node of the trie of selectors; other nodes are named by number, 0 is none. */
export interface Node {
  readonly members: Map<string, number>;
  /** Target of `.*`. */
  any: number;
  /** Targets of `.<kind>`. */
  readonly classes: { readonly kind: Kind; readonly node: number }[];
  element: number;
  call: number;
  construct: number;
  readonly parameters: { readonly step: ParameterStep; readonly node: number }[];
  /** Nodes that a value of this node is as well: the aliases it is an instance of. */
  readonly also: number[];
  readonly calls: PlacedPart[];
  readonly constructs: PlacedPart[];
  readonly reads: ReadModel[];
  readonly writes: WriteModel[];
}

/** All nodes of all scopes. Grows while scopes are compiled. */
export class Graph {
  readonly nodes: Node[] = [makeNode()];
  /** Every name that a member of a node has. */
  readonly memberNames = new Set<string>();

  add(): number {
    return this.nodes.push(makeNode()) - 1;
  }

  /** The node that `steps` lead to from `start`, made where it is missing. */
  follow(start: number, steps: readonly Step[]): number {
    let node = start;
    for (const step of steps) node = this.#step(this.nodes[node]!, step);
    return node;
  }

  member(node: number, name: string): number {
    return this.#member(this.nodes[node]!, name);
  }

  #member({ members }: Node, name: string): number {
    let next = members.get(name);
    if (next === undefined) {
      next = this.add();
      members.set(name, next);
      this.memberNames.add(name);
    }
    return next;
  }

  #step(node: Node, step: Step): number {
    switch (step.kind) {
      case 'member':
        return this.#member(node, step.name);
      case 'class': {
        const known = node.classes.find((edge) => edge.kind === step.name);
        if (known) return known.node;
        const next = this.add();
        node.classes.push({ kind: step.name, node: next });
        return next;
      }
      case 'parameter': {
        const known = node.parameters.find((edge) => sameParameter(edge.step, step));
        if (known) return known.node;
        const next = this.add();
        node.parameters.push({ step, node: next });
        return next;
      }
      default:
        node[step.kind] ||= this.add();
        return node[step.kind];
    }
  }
}

function makeNode(): Node {
  return {
    members: new Map(),
    any: 0,
    classes: [],
    element: 0,
    call: 0,
    construct: 0,
    parameters: [],
    also: [],
    calls: [],
    constructs: [],
    reads: [],
    writes: [],
  };
}

function sameParameter(a: ParameterStep, b: ParameterStep): boolean {
  return (
    a.argument === b.argument &&
    a.rest === b.rest &&
    a.parameter === b.parameter &&
    a.path.length === b.path.length &&
    a.path.every((segment, i) => segment === b.path[i])
  );
}
