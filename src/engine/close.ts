/**
 * Closing: data that moves through cells (module variables, the state of classes and hooks) from one function to another. Summaries name cells
 * symbolically; here the writers of each cell are joined with its readers, by a breadth-first search from each source over cell edges.
 */
import { Clears } from '../core/kinds.js';
import { type Flow, FlowSet, isModelSink, isPromptSink } from './flow.js';
import { type Context, targetKey } from './frame.js';
import { isNoContent, isNoContentAt, NEUTRAL } from './names.js';
import { EMPTY_PATH, isIndex, type PathId } from './path-table.js';
import { isGathered, type Kept } from './raise.js';
import type { Edge, Sink, Source, Target } from './summary.js';
import { trace } from './trace.js';
import { TokenKind } from './tracker.js';
import { FeatureBit } from './value.js';

/** Where an edge between cells begins or ends: a cell and a path in it. */
interface Place {
  readonly cell: number;
  readonly path: PathId;
}

interface Writer {
  readonly at: Place;
  /** A source, or undefined for data of which nothing but its name is known. */
  readonly source: Source | undefined;
  readonly edge: Edge;
  readonly fn: number;
}

interface Link {
  readonly from: Place;
  /** Undefined for a sink. */
  readonly to: Place | undefined;
  readonly edge: Edge;
  readonly fn: number;
}

interface Arrival {
  readonly place: Place;
  readonly cleared: number;
  readonly features: number;
  readonly label: string;
  readonly labelName: string;
  readonly trace: Edge['trace'];
  readonly exact: boolean;
}

/** Cell hops that a search follows. */
const MAXIMUM_HOPS = 6;

export function closeCells(context: Context, kept: readonly Kept[]): Flow[] {
  return new Closing(context).run(kept);
}

class Closing {
  readonly #writers: Writer[] = [];
  readonly #moves = new Map<number, Link[]>();
  readonly #sinks = new Map<number, Link[]>();
  readonly #flows = new FlowSet();
  /** Cells into which something flows that is no constant, and every path of it. */
  readonly #inflow = new Map<number, PathId[]>();

  constructor(private readonly context: Context) {}

  run(kept: readonly Kept[]): Flow[] {
    const { summaries } = this.context;
    for (let fn = 0; fn < summaries.length; fn++) {
      const summary = summaries[fn];
      if (!summary) continue;
      for (const edge of summary.edges) this.#register(edge, fn);
      for (const edge of summary.settled) this.#register(edge, fn);
    }
    for (const writer of this.#distinctWriters()) this.#search(writer);
    this.#labelled();
    this.#pairs();
    this.#raiseKept(kept);
    return this.#flows.values();
  }

  /** One writer for each source, place and way of writing: the one with the shortest way. */
  #distinctWriters(): Writer[] {
    const best = new Map<string, Writer>();
    for (const writer of this.#writers) {
      const { source, at, edge } = writer;
      if (!source) continue;
      const key = `${at.cell}:${at.path}:${source.kind}:${source.element}:${edge.cleared}:${edge.exact}:${edge.label}`;
      const known = best.get(key);
      if (!known || (edge.trace?.length ?? 0) < (known.edge.trace?.length ?? 0)) best.set(key, writer);
    }
    return [...best.values()];
  }

  /** Adds a link to those of its cell, unless one that does the same is there. */
  #link(links: Map<number, Link[]>, kind: string, link: Link): void {
    const { edge, from } = link;
    const key = `${kind}${from.cell}:${from.path}:${targetKey(edge.to)}:${edge.toPath}:${edge.cleared}:${edge.label}:${edge.without}`;
    if (this.#linked.has(key)) return;
    this.#linked.add(key);
    append(links, from.cell, link);
  }

  readonly #linked = new Set<string>();

  #register(edge: Edge, fn: number): void {
    const { applied } = this.context;
    const { from, to } = edge;
    const target = this.#target(to, edge.toPath, fn);
    const origin =
      from.type === 'cell'
        ? this.#canonical(from.cell, edge.fromPath)
        : from.type === 'this'
          ? this.#instance(fn, edge.fromPath)
          : undefined;
    if (
      from.type === 'fresh' ||
      from.type === 'literal' ||
      from.type === 'function' ||
      from.type === 'api' ||
      from.type === 'setter'
    )
      return;
    if (target) {
      if (origin) {
        if (origin.cell === target.cell && origin.path === target.path) return;
        this.#link(this.#moves, 'm', { from: origin, to: target, edge, fn });
      } else if (from.type === 'source' || from.type === 'opaque') {
        this.#writers.push({ at: target, source: from.type === 'source' ? from.source : undefined, edge, fn });
        append(this.#inflow, target.cell, target.path);
      } else if (from.type === 'parameter' || from.type === 'invoke-result') {
        if (!applied.covers(fn, from)) this.#writers.push({ at: target, source: undefined, edge, fn });
        append(this.#inflow, target.cell, target.path);
      }
      return;
    }
    if (to.type !== 'sink' || to.sink.shape) return;
    if (origin) this.#link(this.#sinks, 's', { from: origin, to: undefined, edge, fn });
    else if ((from.type === 'parameter' || from.type === 'invoke-result') && !applied.covers(fn, from))
      this.#raiseLabel(edge, edge.to, FeatureBit.None);
    else if (applied.isRaw(fn, from) && !this.context.summaries[fn]!.forwards)
      this.#raiseLabel(edge, edge.to, FeatureBit.NameGuess);
  }

  #target(to: Target, path: PathId, fn: number): Place | undefined {
    if (to.type === 'cell') return this.#canonical(to.cell, path);
    if (to.type === 'this') return this.#instance(fn, path);
    return undefined;
  }

  /** The state of the class that a method belongs to. */
  #instance(fn: number, path: PathId): Place | undefined {
    const cls = this.context.program.ownerClass(fn);
    return cls < 0 ? undefined : this.#inClass(cls, path);
  }

  #inClass(cls: number, path: PathId): Place {
    const { cells, paths, program, tracker } = this.context;
    let owner = cls;
    let keys = paths.keys(path);
    // A field that holds an instance of an own class: what is below it belongs to that class.
    for (let hop = 0; hop < 4 && keys.length > 1; hop++) {
      const next = tracker.fieldClass(owner, keys[0]!);
      if (next < 0) break;
      owner = next;
      keys = keys.slice(1);
    }
    return { cell: cells.instances(owner, program.classOf(owner).name), path: paths.extendAll(0, keys) };
  }

  /** A cell that holds an instance of one own class is that class's state. */
  #canonical(cell: number, path: PathId): Place {
    const { cells, paths, tracker } = this.context;
    const variable = cells.variableOf(cell);
    if (variable < 0 || path === 0) return { cell, path };
    const tokens = tracker.variableTokens(variable).filter((token) => tracker.tokenKind(token) === TokenKind.Instance);
    if (tokens.length !== 1) return { cell, path };
    return this.#inClass(tracker.tokenData(tokens[0]!), paths.extendAll(0, paths.keys(path)));
  }

  #raiseLabel(edge: Edge, to: Target, features: number): void {
    if (to.type !== 'sink' || to.sink.shape || !edge.label || edge.label === NEUTRAL) return;
    for (const rule of this.context.rules.find(edge.label, to.sink, edge.cleared)) {
      this.#flows.add({
        rule: rule.id,
        kind: edge.label,
        element: this.#element(edge),
        source: undefined,
        sink: to.sink,
        features: edge.features | features,
        trace: edge.trace,
      });
    }
  }

  #element(edge: Edge): string {
    const keys = this.context.paths
      .keys(edge.fromPath)
      .filter((key) => key !== '[]' && key !== '*' && !isIndex(key) && !key.startsWith('%'));
    return keys.includes(edge.labelName) ? keys.slice(-2).join('.') : edge.labelName;
  }

  /** What a way through a cell leaves: nothing where that is a constant of a module, which holds one thing for good. */
  #shared({ cell, path }: Place): number {
    const { program, cells } = this.context;
    const variable = cells.variableOf(cell);
    if (variable < 0 || path !== EMPTY_PATH) return FeatureBit.SharedState;
    const file = program.variableFile[variable]!;
    const { kind } = program.files[file]!.variables[variable - program.variableBase[file]!]!;
    return kind === 'const' ? FeatureBit.None : FeatureBit.SharedState;
  }

  /** From a source, over cells, to sinks. */
  #search(writer: Writer): void {
    const { source } = writer;
    if (!source) return;
    const { edge } = writer;
    const queue: (Arrival & { hops: number })[] = [
      {
        place: writer.at,
        cleared: edge.cleared,
        features: edge.features | this.#shared(writer.at),
        label: edge.label,
        labelName: edge.labelName,
        trace: edge.trace,
        exact: edge.exact,
        hops: 0,
      },
    ];
    const seen = new Set<string>([`${writer.at.cell}:${writer.at.path}`]);
    for (let i = 0; i < queue.length && i < 2000; i++) {
      const current = queue[i]!;
      for (const link of this.#sinks.get(current.place.cell) ?? []) {
        if (link.edge.to.type !== 'sink' || !this.#meets(current, link)) continue;
        const label = link.edge.label || current.label;
        if (isNoContentAt(label, link.edge.to.sink.kind) && /^(completion|untrusted|record)/.test(source.kind))
          continue;
        if (source.kind.startsWith('record') && (isGathered(edge) || isGathered(link.edge))) continue;
        // A field of a row in a cell is that field.
        if (source.kind.startsWith('record') && this.#isBelow(link.from.path, current.place.path)) continue;
        const cleared = current.cleared | link.edge.cleared;
        for (const rule of this.context.rules.find(source.kind, link.edge.to.sink, cleared)) {
          this.#flows.add({
            rule: rule.id,
            kind: source.kind,
            element: source.element,
            source,
            sink: link.edge.to.sink,
            features: current.features | link.edge.features,
            trace: this.#joined(current.trace, link.edge.trace, link.fn),
          });
        }
      }
      if (current.hops >= MAXIMUM_HOPS) continue;
      for (const link of this.#moves.get(current.place.cell) ?? []) {
        if (!this.#meets(current, link)) continue;
        const target = this.#carried(current, link);
        if (!target) continue;
        const key = `${target.cell}:${target.path}`;
        if (seen.has(key)) continue;
        seen.add(key);
        queue.push({
          place: target,
          cleared: current.cleared | link.edge.cleared,
          features: current.features | link.edge.features | this.#shared(target),
          label: link.edge.label || current.label,
          labelName: link.edge.label ? link.edge.labelName : current.labelName,
          trace: this.#joined(current.trace, link.edge.trace, link.fn),
          exact: current.exact && link.edge.exact,
          hops: current.hops + 1,
        });
      }
    }
  }

  /** Where what arrives at a place goes by a link: of a thing that moves as a whole, each field to its own place. */
  #carried(current: Arrival, link: Link): Place | undefined {
    const target = link.to;
    if (!target || !current.exact || !link.edge.exact) return target;
    const { paths } = this.context;
    const below = paths.keys(current.place.path).slice(paths.keys(link.from.path).length);
    return below.length === 0 ? target : { ...target, path: paths.extendAll(target.path, below) };
  }

  #meets(current: Arrival, link: Link): boolean {
    if (!current.exact) return this.context.paths.overlaps(current.place.path, link.from.path);
    if (link.edge.without) {
      const next = this.context.paths.keys(current.place.path)[this.context.paths.keys(link.from.path).length];
      if (next && this.context.tests.lacks(link.edge.without, next)) return false;
    }
    return this.context.paths.overlaps(current.place.path, link.from.path);
  }

  #joined(before: Edge['trace'], after: Edge['trace'], fn: number): Edge['trace'] {
    if (!after) return before;
    return trace(before, 'cell', after.subject, fn, after.start, after.end, after);
  }

  /** Cells of which nothing but a name is known: state that unknown data flows into, or that nothing visible writes. */
  #labelled(): void {
    for (const [cell, links] of this.#sinks) {
      const inflow = this.#inflow.get(cell);
      for (const link of links) {
        const { from, to } = link.edge;
        if (from.type === 'this' && this.context.applied.covers(link.fn, from)) continue;
        const reached =
          !inflow || inflow.length === 0
            ? this.context.cells.isOpen(cell)
            : inflow.some((path) => this.context.paths.overlaps(path, link.from.path));
        if (reached) this.#raiseLabel(link.edge, to, FeatureBit.SharedState);
      }
    }
  }

  /** Content of a cell that goes to a model, here or there, and to a log, here or there. */
  #pairs(): void {
    for (const [cell, links] of this.#sinks) {
      const inflow = this.#inflow.get(cell);
      if (!inflow) continue;
      const prompts = links.filter((link) => isPromptSink(sinkOf(link)) && this.#isContent(link.edge));
      if (prompts.length === 0) continue;
      for (const link of links) {
        const sink = sinkOf(link);
        if (isModelSink(sink.kind) || !this.#isContent(link.edge)) continue;
        if (!inflow.some((path) => this.context.paths.overlaps(path, link.from.path))) continue;
        const partner = prompts.find((prompt) => this.context.paths.overlaps(prompt.from.path, link.from.path));
        if (!partner) continue;
        for (const rule of this.context.rules.find('prompt', sink, link.edge.cleared)) {
          this.#flows.add({
            rule: rule.id,
            kind: 'prompt',
            element: this.#nameIn(cell, link.from.path),
            source: undefined,
            sink,
            features: link.edge.features | FeatureBit.SharedState,
            trace: link.edge.trace,
            partner: sinkOf(partner),
          });
        }
      }
    }
  }

  /** What people call a piece of a cell: the variable, or the field of what many share. */
  #nameIn(cell: number, path: PathId): string {
    const name = this.context.cells.name(cell);
    const fields = this.context.paths.keys(path).filter((key) => /^[A-Za-z_$]/.test(key));
    return name.includes(' ') && fields.length > 0 ? fields.slice(-2).join('.') : name;
  }

  /** Content that is logged where it is written to a cell which goes to a model. */
  #raiseKept(kept: readonly Kept[]): void {
    for (const { frameFunction, hit, element, edge } of kept) {
      const place = this.#target(edge.to, edge.toPath, frameFunction);
      const partner = place && this.#modelBehind(place);
      if (!partner) continue;
      for (const rule of this.context.rules.find('prompt', hit.sink, hit.fact.cleared)) {
        this.#flows.add({
          rule: rule.id,
          kind: 'prompt',
          element,
          source: undefined,
          sink: hit.sink,
          features: hit.fact.features | edge.features | FeatureBit.SharedState,
          trace: hit.fact.trace,
          partner,
        });
      }
    }
  }

  /** The model sink that content at a place reaches, over cells. */
  #modelBehind(start: Place): Sink | undefined {
    const memo = `${start.cell}:${start.path}`;
    if (!this.#models.has(memo)) this.#models.set(memo, this.#findModel(start));
    return this.#models.get(memo);
  }

  readonly #models = new Map<string, Sink | undefined>();

  #findModel(start: Place): Sink | undefined {
    const queue = [start];
    const seen = new Set([`${start.cell}:${start.path}`]);
    for (let i = 0; i < queue.length && i < 200; i++) {
      const place = queue[i]!;
      for (const link of this.#sinks.get(place.cell) ?? []) {
        const sink = sinkOf(link);
        if (isPromptSink(sink) && this.#isContent(link.edge) && this.context.paths.overlaps(place.path, link.from.path))
          return sink;
      }
      for (const link of this.#moves.get(place.cell) ?? []) {
        if (!this.context.paths.overlaps(place.path, link.from.path) || !this.#isContent(link.edge)) continue;
        const target = this.#target(link.edge.to, link.edge.toPath, link.fn);
        const key = target && `${target.cell}:${target.path}`;
        if (!target || !key || seen.has(key)) continue;
        seen.add(key);
        queue.push(target);
      }
    }
    return undefined;
  }

  /** Whether a path leads to a field below another one. */
  #isBelow(path: PathId, above: PathId): boolean {
    const { paths } = this.context;
    const below = paths.keys(path).slice(paths.keys(above).length);
    return below.some((key) => key !== '[]' && key !== '*' && !isIndex(key) && !key.startsWith('%'));
  }

  #isContent(edge: Edge): boolean {
    if (isNoContent(edge.label) || edge.cleared & Clears.Content) return false;
    const last = this.context.paths.last(edge.fromPath);
    return !(last && isNoContent(this.context.names.label(last)));
  }
}

function sinkOf(link: Link): Sink {
  if (link.edge.to.type !== 'sink') throw new Error('unreachable: only edges to sinks are registered as such');
  return link.edge.to.sink;
}

function append<T>(map: Map<number, T[]>, key: number, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
