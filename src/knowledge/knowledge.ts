import type { ApiKnowledge, ApiState, AssignedSetting, EntryModel, FlowRule, NameClass } from '../core/knowledge.js';
import type { CallModel, ReadModel, WriteModel } from '../core/port.js';
import { Automaton } from './automaton.js';
import { Graph } from './graph.js';
import { Lexicon, type LexiconEntry } from './lexicon.js';
import type { ModelFile } from './model-file.js';
import { flowRules, type RuleData } from './rules.js';
import { isShared } from './scope.js';
import { Scopes } from './scopes.js';
import { packageCandidates, submoduleMember } from './specifier.js';

/** Everything in the rules folder, parsed; plain data. */
export interface KnowledgeData {
  /** In order of file names. */
  readonly models: readonly ModelFile[];
  readonly lexicon: readonly LexiconEntry[];
  readonly rules: readonly RuleData[];
}

/** The knowledge base as the engine asks it. Packages are compiled into the automaton when they are first met. */
export class Knowledge implements ApiKnowledge {
  readonly rules: readonly RuleData[];
  readonly flowRules: readonly FlowRule[];
  readonly #automaton: Automaton;
  readonly #scopes: Scopes;
  readonly #lexicon: Lexicon;
  readonly #modules = new Map<string, ApiState>();
  readonly #globals = new Map<string, ApiState>();
  readonly #names = new Map<string, ApiState>();
  readonly #methods = new Map<string, ApiState>();
  #entries: readonly EntryModel[] | undefined;

  constructor(readonly data: KnowledgeData) {
    this.rules = data.rules;
    this.flowRules = flowRules(data.rules);
    this.#lexicon = new Lexicon(data.lexicon);
    const graph = new Graph();
    this.#automaton = new Automaton(graph, (name) => this.#lexicon.classify(name)?.kind);
    this.#scopes = new Scopes(graph, data.models);
  }

  module(specifier: string, major: number | undefined): ApiState {
    const key = `${specifier}@${major ?? ''}`;
    return remember(this.#modules, key, () => {
      for (const [i, name] of packageCandidates(specifier).entries()) {
        const scope = this.#scopes.package(name, major);
        if (!scope) continue;
        const whole = this.#automaton.intern([scope.namespace]);
        if (i === 0) return whole;
        const member = scope.graph.nodes[scope.namespace]!.members.get(submoduleMember(specifier)) ?? 0;
        return this.#automaton.intern([scope.namespace, member]);
      }
      return 0;
    });
  }

  global(name: string): ApiState {
    return remember(this.#globals, name, () => {
      const { graph, namespace } = this.#scopes.globals;
      return this.#automaton.intern([graph.nodes[namespace]!.members.get(name) ?? 0]);
    });
  }

  name(identifier: string): ApiState {
    return remember(this.#names, identifier, () => this.#automaton.intern(this.#scopes.named(identifier)));
  }

  method(name: string): ApiState {
    return remember(this.#methods, name, () => {
      const { graph } = this.#scopes;
      return this.#automaton.intern(this.#scopes.methods.map((node) => graph.nodes[node]!.members.get(name) ?? 0));
    });
  }

  member(state: ApiState, name: string): ApiState {
    return this.#automaton.member(state, name);
  }

  hasMember(name: string): boolean {
    return this.#scopes.graph.memberNames.has(name);
  }

  element(state: ApiState): ApiState {
    return this.#automaton.element(state);
  }

  call(state: ApiState): ApiState {
    return this.#automaton.call(state);
  }

  construct(state: ApiState): ApiState {
    return this.#automaton.construct(state);
  }

  parameter(state: ApiState, argument: number, path: readonly string[], parameter: number): ApiState {
    return this.#automaton.parameter(state, argument, path, parameter);
  }

  hasParameters(state: ApiState): boolean {
    return this.#automaton.hasParameters(state);
  }

  onCall(state: ApiState): CallModel | undefined {
    return this.#automaton.onCall(state);
  }

  onConstruct(state: ApiState): CallModel | undefined {
    return this.#automaton.onConstruct(state);
  }

  onRead(state: ApiState): ReadModel | undefined {
    return this.#automaton.onRead(state);
  }

  onWrite(state: ApiState): WriteModel | undefined {
    return this.#automaton.onWrite(state);
  }

  get assigned(): readonly AssignedSetting[] {
    return this.data.models.flatMap((file) => file.assigned);
  }

  get entries(): readonly EntryModel[] {
    this.#entries ??= this.data.models.flatMap((file) =>
      file.entries.map((entry): EntryModel => {
        const { name: selector, files, exports } = entry;
        const parameters = entry.parameters.map(({ type }) =>
          type === undefined
            ? 0
            : this.#automaton.intern([isShared(type) ? this.#scopes.shared(type) : this.#scopes.local(file, type)]),
        );
        const kinds = entry.parameters.map(({ kind }) => kind);
        const directive = entry.directive !== undefined && { directive: entry.directive };
        const classes = entry.extends !== undefined && {
          classes: { packages: file.packages, names: entry.extends, methods: entry.methods ?? [] },
        };
        const named = entry.named !== undefined && { named: entry.named };
        const assigned = entry.assigned !== undefined && {
          assigned: { packages: file.packages, members: entry.assigned },
        };
        const returns = entry.returns !== undefined && { returns: entry.returns };
        const where = { ...directive, ...classes, ...named, ...assigned };
        return { selector, files, exports, parameters, kinds, ...where, ...returns };
      }),
    );
    return this.#entries;
  }

  classifyName(identifier: string): NameClass | undefined {
    return this.#lexicon.classify(identifier);
  }
}

function remember(known: Map<string, ApiState>, key: string, compute: () => ApiState): ApiState {
  let state = known.get(key);
  if (state === undefined) {
    state = compute();
    known.set(key, state);
  }
  return state;
}
