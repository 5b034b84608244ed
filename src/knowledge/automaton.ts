import { covers } from '../core/kinds.js';
import type { ApiState } from '../core/knowledge.js';
import type { CallModel, ReadModel, WriteModel } from '../core/port.js';
import { ANY, ELEMENT } from '../ir/instruction.js';
import { mergeParts } from './call-model.js';
import type { Graph, Node } from './graph.js';

/** What the lexicon says of a member's name: its kind, or undefined. */
export type Classify = (name: string) => string | undefined;

interface State {
  readonly nodes: readonly Node[];
  readonly members: Map<string, ApiState>;
  readonly parameters: Map<string, ApiState>;
  element: ApiState | undefined;
  call: ApiState | undefined;
  construct: ApiState | undefined;
  onCall: CallModel | undefined | null;
  onConstruct: CallModel | undefined | null;
}

/**
 * The trie of selectors, determinised when asked. A state is a set of nodes; each question is answered once and then looked up.
 *
 *     member(S, x) = close { n.x, n.*, n.<kind of x> | n ∈ S }
 *     close(S)     = S ∪ close { n.also | n ∈ S }
 */
export class Automaton {
  readonly #states: State[] = [makeState([])];
  readonly #numbers = new Map<string, ApiState>([['', 0]]);

  constructor(
    readonly graph: Graph,
    readonly classify: Classify,
  ) {}

  /** The state that stands for being any of `nodes`. */
  intern(nodes: Iterable<number>): ApiState {
    const closed = this.#close(nodes);
    const key = closed.join(',');
    let state = this.#numbers.get(key);
    if (state === undefined) {
      state = this.#states.push(makeState(closed.map((node) => this.graph.nodes[node]!))) - 1;
      this.#numbers.set(key, state);
    }
    return state;
  }

  member(state: ApiState, name: string): ApiState {
    if (state === 0) return 0;
    const { members, nodes } = this.#states[state]!;
    let next = members.get(name);
    if (next === undefined) {
      next = this.#member(state, nodes, name);
      members.set(name, next);
    }
    return next;
  }

  element(state: ApiState): ApiState {
    const known = this.#states[state]!;
    known.element ??= this.intern(known.nodes.map((node) => node.element));
    return known.element;
  }

  call(state: ApiState): ApiState {
    const known = this.#states[state]!;
    known.call ??= this.intern(known.nodes.map((node) => node.call));
    return known.call;
  }

  construct(state: ApiState): ApiState {
    const known = this.#states[state]!;
    known.construct ??= this.intern(known.nodes.map((node) => node.construct));
    return known.construct;
  }

  hasParameters(state: ApiState): boolean {
    return this.#states[state]!.nodes.some((node) => node.parameters.length > 0);
  }

  parameter(state: ApiState, argument: number, path: readonly string[], parameter: number): ApiState {
    const { nodes, parameters } = this.#states[state]!;
    const key = `${argument}.${path.join('.')}->${parameter}`;
    let next = parameters.get(key);
    if (next === undefined) {
      next = this.intern(
        nodes.flatMap((node) =>
          node.parameters
            .filter(
              ({ step }) =>
                (step.argument === argument || (step.rest && step.argument < argument)) &&
                step.parameter === parameter &&
                matchesPath(step.path, path),
            )
            .map((edge) => edge.node),
        ),
      );
      parameters.set(key, next);
    }
    return next;
  }

  onCall(state: ApiState): CallModel | undefined {
    const known = this.#states[state]!;
    if (known.onCall === null) known.onCall = mergeParts(known.nodes.flatMap((node) => node.calls));
    return known.onCall;
  }

  onConstruct(state: ApiState): CallModel | undefined {
    const known = this.#states[state]!;
    if (known.onConstruct === null) known.onConstruct = mergeParts(known.nodes.flatMap((node) => node.constructs));
    return known.onConstruct;
  }

  onRead(state: ApiState): ReadModel | undefined {
    return firstBySelector(this.#states[state]!.nodes.flatMap((node) => node.reads));
  }

  onWrite(state: ApiState): WriteModel | undefined {
    return firstBySelector(this.#states[state]!.nodes.flatMap((node) => node.writes));
  }

  #member(state: ApiState, nodes: readonly Node[], name: string): ApiState {
    if (name === ELEMENT) return this.element(state);
    const targets: number[] = [];
    // An unknown member is any of those that are known: `console[level](message)`.
    if (name === ANY) for (const node of nodes) targets.push(node.any, ...node.members.values());
    else {
      const kind = nodes.some((node) => node.classes.length > 0) ? this.classify(name) : undefined;
      for (const node of nodes) {
        targets.push(node.members.get(name) ?? 0, node.any);
        for (const edge of node.classes) if (kind !== undefined && covers(edge.kind, kind)) targets.push(edge.node);
      }
      if (/^\d+$/.test(name) && targets.every((node) => node === 0)) return this.element(state);
    }
    return this.intern(targets);
  }

  #close(nodes: Iterable<number>): readonly number[] {
    const closed = new Set<number>();
    const waiting = [...nodes];
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      if (node === 0 || closed.has(node)) continue;
      closed.add(node);
      waiting.push(...this.graph.nodes[node]!.also);
    }
    return [...closed].sort((a, b) => a - b);
  }
}

function makeState(nodes: readonly Node[]): State {
  return {
    nodes,
    members: new Map(),
    parameters: new Map(),
    element: undefined,
    call: undefined,
    construct: undefined,
    onCall: null,
    onConstruct: null,
  };
}

/** A pattern's `*` stands for any segment. */
function matchesPath(pattern: readonly string[], path: readonly string[]): boolean {
  return pattern.length === path.length && pattern.every((segment, i) => segment === ANY || segment === path[i]);
}

/** Which node comes first depends on the order of questions; which selector comes first does not. */
function firstBySelector<Model extends { readonly selector: string }>(models: readonly Model[]): Model | undefined {
  return models.reduce<Model | undefined>((a, b) => (a && a.selector <= b.selector ? a : b), undefined);
}
