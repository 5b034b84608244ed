import type { ChainPlace, RowModel } from '../core/port.js';
import { parseChainPlace } from './chain-place.js';
import { type OpenCondition, parseCondition } from './condition.js';
import { type OpenFlow, parseClears, parseFlow } from './flow.js';
import { type Majors, parseMajors } from './majors.js';
import {
  type CallPart,
  type OpenPartPort,
  type OpenTool,
  type Statement,
  TOOL_PARTS,
  type ToolPart,
} from './model-data.js';
import type { ModelSource } from './model-schema.js';
import { parsePartPort } from './part-port.js';
import { type Callable, type OpenPort, parseCallable, parseCallPort, parsePorts, parseValue } from './selector.js';
import { SelectorError } from './selector-tokens.js';
import type { DocumentPath, PlacedData } from './yaml-file.js';

/** Texts, each with its place in the document: one text stands at `place`, several at its indices. */
function placed(texts: string | readonly string[], place: DocumentPath): readonly (readonly [string, DocumentPath])[] {
  return typeof texts === 'string' ? [[texts, place]] : texts.map((text, i) => [text, [...place, i]]);
}

/** `redacts` of which no more is said: a list of paths. */
const PATHS = { by: 'paths', of: [], methods: [], below: [] } as const;

type Common = { readonly majors?: string | undefined };

/** Turns the sections of a model file into statements. */
export class StatementParser {
  readonly #fileMajors: Majors | undefined;
  /** Long lists of conditions are written once and meant often. */
  readonly #conditions = new Map<string, OpenCondition>();

  constructor(readonly yaml: PlacedData<ModelSource>) {
    const { majors } = yaml.data;
    this.#fileMajors = majors === undefined ? undefined : yaml.parse(['majors'], () => parseMajors(majors));
  }

  *statements(): Generator<Statement> {
    const { data } = this.yaml;
    for (const [alias, values] of Object.entries(data.types ?? {})) {
      for (const [i, value] of values.entries()) yield* this.#type(alias, value, ['types', alias, i]);
    }
    for (const [i, sink] of (data.sinks ?? []).entries()) {
      const place = ['sinks', i];
      const when = this.#when(sink.when, [...place, 'when']);
      const recipient = sink.recipient ?? data.recipient;
      const at = (name: 'field' | 'host') => {
        const text = sink[name];
        return text !== undefined && { [name]: this.yaml.parse([...place, name], () => parsePorts(text))[0]! };
      };
      const named = { ...at('field'), ...at('host') };
      yield* this.#calls(sink, place, (port) => ({
        sink: {
          port,
          kind: sink.kind,
          when,
          ...(recipient !== undefined && { recipient }),
          ...(sink.note !== undefined && { note: sink.note }),
          ...(sink.shape && { shape: true }),
          ...named,
        },
        closed: true,
      }));
    }
    for (const [i, source] of (data.sources ?? []).entries()) {
      const place = ['sources', i];
      const when = this.#when(source.when, [...place, 'when']);
      const { kind } = source;
      const element = source.element !== undefined && { element: source.element };
      // What is read without a call is as good a source: `Stream[].delta`.
      yield* this.#reads(source, place, (text) => !text.includes('('));
      const row = source.row && { row: this.#row(source.row, [...place, 'row']) };
      const part = (port: OpenPort) => ({ source: { port, kind, when, ...element, ...row }, closed: true });
      yield* this.#calls(source, place, part, (text) => text.includes('('));
    }
    for (const [i, guard] of (data.guards ?? []).entries()) {
      const place = ['guards', i];
      const clears = this.yaml.parse([...place, 'clears'], () => parseClears(guard.clears));
      const when = guard.when === false ? 'false' : 'true';
      const conditions = this.#when(guard.if, [...place, 'if']);
      const { resolved = false } = guard;
      const rest = { clears, when, if: conditions, resolved } as const;
      yield* this.#calls(guard, place, (port) => ({ guard: { port, ...rest }, closed: true }));
    }
    for (const [i, tool] of (data.tools ?? []).entries()) yield* this.#tool(tool, ['tools', i]);
    for (const [i, setting] of (data.settings ?? []).entries()) {
      const place = ['settings', i];
      const { rule, message, advice, point, each, fallback } = setting;
      const when = this.#when(setting.when, [...place, 'when']);
      const at = point !== undefined && { point: this.yaml.parse([...place, 'point'], () => parsePartPort(point)) };
      const of = each !== undefined && { each: this.yaml.parse([...place, 'each'], () => parsePorts(each))[0]! };
      const project = setting.project !== undefined && { project: this.#list(setting.project, [...place, 'project']) };
      const whole = {
        rule,
        message,
        advice,
        when,
        ...at,
        ...of,
        ...project,
        ...(setting.asked && { asked: true }),
        ...(fallback && { fallback }),
      };
      yield* this.#callables(setting, place, { setting: whole, closed: true });
    }
    for (const [i, decision] of (data.decides ?? []).entries()) {
      const place = ['decides', i];
      const decides = { rule: decision.rule, when: this.#when(decision.when, [...place, 'when']) };
      yield* this.#callables(decision, place, { decides, closed: true });
    }
    for (const name of ['asks', 'resolves', 'serves', 'listens'] as const)
      for (const [i, text] of (data[name] ?? []).entries())
        yield* this.#callables({ at: text }, [name, i], { [name]: true, closed: true });
    for (const [i, { can, ...does }] of (data.does ?? []).entries())
      yield* this.#callables(does, ['does', i], { does: can });
    for (const [i, turn] of (data.in_turn ?? []).entries()) {
      const place = ['in_turn', i];
      const port = (name: 'list' | 'from' | 'by'): OpenPort | undefined => {
        const text = turn[name];
        return text === undefined ? undefined : this.yaml.parse([...place, name], () => parsePorts(text))[0]!;
      };
      const [list, from, by] = [port('list')!, port('from'), port('by')];
      const inTurn = { list, backward: turn.backward === true, ...(from && { from }), ...(by && { by }) };
      yield* this.#callables(turn, place, { inTurn });
    }
    for (const [i, read] of (data.reads ?? []).entries()) yield* this.#reads(read, ['reads', i]);
    for (const [i, write] of (data.writes ?? []).entries()) {
      const recipient = write.recipient !== undefined && { recipient: write.recipient };
      const majors = this.#majors(write, ['writes', i]);
      for (const [text, at] of placed(write.at, ['writes', i, 'at'])) {
        for (const value of this.yaml.parse(at, () => parseValue(text)))
          yield { kind: 'write', value, writes: write.kind, ...recipient, ...majors };
      }
    }
    for (const key of Object.keys(data.flows ?? {})) yield* this.#flows(key);
    for (const [i, text] of (data.callbacks ?? []).entries()) {
      for (const call of this.yaml.parse(['callbacks', i], () => parseCallPort(text)))
        yield this.#call(call, { invoke: call.port, closed: true }, {});
    }
    for (const [i, mask] of (data.masks ?? []).entries()) {
      const { of, rules = [], fields = {} } = mask;
      yield* this.#calls(mask, ['masks', i], (port) => ({ mask: { port, of, rules, fields }, closed: true }));
    }
    for (const [i, redact] of (data.redacts ?? []).entries()) {
      if (typeof redact === 'string') {
        for (const call of this.yaml.parse(['redacts', i], () => parseCallPort(redact)))
          yield this.#call(call, { redacts: { port: call.port, ...PATHS }, closed: true }, {});
        continue;
      }
      const { by, of = [], text, methods = [], below = [] } = redact;
      const rest = { by, of, methods, below, ...(text !== undefined && { text }) };
      yield* this.#calls(redact, ['redacts', i], (port) => ({ redacts: { port, ...rest }, closed: true }));
    }
    for (const [i, text] of (data.wraps ?? []).entries()) {
      for (const call of this.yaml.parse(['wraps', i], () => parseCallPort(text)))
        yield this.#call(call, { wraps: call.port, closed: true }, {});
    }
    for (const name of ['closed', 'open'] as const) {
      for (const [i, text] of (data[name] ?? []).entries()) {
        for (const callable of this.yaml.parse([name, i], () => parseCallable(text)))
          yield this.#call(callable, { closed: name === 'closed' }, {});
      }
    }
  }

  /** A type's selector. The function at whose call the instance arises is closed: a client is not its key. */
  *#type(alias: string, value: string | ({ readonly at: string } & Common), place: DocumentPath): Generator<Statement> {
    const text = typeof value === 'string' ? value : value.at;
    const at = typeof value === 'string' ? place : [...place, 'at'];
    const majors = typeof value === 'string' ? this.#majors({}, place) : this.#majors(value, place);
    for (const selector of this.yaml.parse(at, () => parseValue(text))) {
      yield { kind: 'type', alias, value: selector, ...majors };
      const last = selector.steps.at(-1);
      if (last?.kind !== 'call' && last?.kind !== 'construct' && last?.kind !== 'parameter') continue;
      const construct = last.kind === 'construct' || (last.kind === 'parameter' && selector.exported);
      const invoke = last.kind === 'parameter' && {
        invoke: {
          root: last.rest ? ('arguments' as const) : ('argument' as const),
          index: last.argument,
          path: last.path,
        },
      };
      const { steps } = selector;
      yield {
        kind: 'call',
        function: { ...selector, steps: steps.slice(0, -1) },
        construct,
        part: { ...invoke, closed: true },
        ...majors,
      };
    }
  }

  *#tool(tool: NonNullable<ModelSource['tools']>[number], place: DocumentPath): Generator<Statement> {
    const { kind = 'tool', framework, items, host = false, approval = [], dispatch, list } = tool;
    const parts: Partial<Record<ToolPart, readonly OpenPartPort[]>> = {};
    for (const part of TOOL_PARTS) {
      const text = tool[part];
      if (text !== undefined) parts[part] = this.#partPorts(text, [...place, part]);
    }
    const open: OpenTool = {
      kind,
      framework,
      host,
      ...(dispatch && { dispatch }),
      ...(list && { list }),
      ...(tool.types && { types: tool.types }),
      ...(tool.can && { can: tool.can as NonNullable<OpenTool['can']> }),
      parts,
      approval: this.#partPorts(approval, [...place, 'approval']),
      when: this.#when(tool.when, [...place, 'when']),
      ...(items !== undefined && { items: this.yaml.parse([...place, 'items'], () => parsePorts(items))[0]! }),
    };
    yield* this.#callables(tool, place, { tool: open, closed: true });
  }

  #partPorts(texts: string | readonly string[], place: DocumentPath): readonly OpenPartPort[] {
    return placed(texts, place).map(([text, at]) => this.yaml.parse(at, () => parsePartPort(text)));
  }

  /** The same part for each function that an item names. */
  *#callables(
    item: { readonly at: string | readonly string[] } & Common,
    place: DocumentPath,
    part: CallPart,
  ): Generator<Statement> {
    const majors = this.#majors(item, place);
    for (const [text, at] of placed(item.at, [...place, 'at'])) {
      for (const callable of this.yaml.parse(at, () => parseCallable(text))) yield this.#call(callable, part, majors);
    }
  }

  *#reads(
    read: {
      readonly at: string | readonly string[];
      readonly kind: string;
      readonly element?: string | undefined;
    } & Common,
    place: DocumentPath,
    takes: (text: string) => boolean = () => true,
  ): Generator<Statement> {
    const element = read.element !== undefined && { element: read.element };
    const majors = this.#majors(read, place);
    for (const [text, at] of placed(read.at, [...place, 'at'])) {
      if (!takes(text)) continue;
      for (const value of this.yaml.parse(at, () => parseValue(text)))
        yield { kind: 'read', value, reads: read.kind, ...element, ...majors };
    }
  }

  *#flows(key: string): Generator<Statement> {
    const callables = this.yaml.parseKey(['flows'], key, () => parseCallable(key));
    for (const [i, flow] of this.yaml.data.flows![key]!.entries()) {
      const place = ['flows', key, i];
      const whole = typeof flow === 'string' ? { flow } : flow;
      const parsed = this.yaml.parse(typeof flow === 'string' ? place : [...place, 'flow'], () =>
        parseFlow(whole.flow),
      );
      const clears = this.yaml.parse([...place, 'clears'], () => parseClears(whole.clears ?? []));
      const when = this.#when(whole.when, [...place, 'when']);
      const rest = {
        numeric: whole.numeric ?? false,
        ...(whole.later && { later: true }),
        ...(whole.parsed !== undefined && whole.parsed !== false && { parsed: whole.parsed }),
        ...(whole.chosen && { chosen: true }),
        ...this.#fields(whole, place),
      };
      for (const callable of callables) {
        for (const each of parsed) {
          const part = { flow: { ...each, clears, when, ...rest }, closed: true };
          yield this.#call(callable, part, this.#majors(whole, place));
        }
      }
    }
  }

  /** `keep: "(1..)"`, `drop: "(1)[]"`: which fields of `x.* -> y.*` pass. */
  #fields(
    flow: { readonly keep?: string | undefined; readonly drop?: string | undefined },
    place: DocumentPath,
  ): Pick<OpenFlow, 'fields'> {
    const text = flow.keep ?? flow.drop;
    if (text === undefined) return {};
    const at = this.yaml.parse([...place, flow.keep === undefined ? 'drop' : 'keep'], () => parsePorts(text))[0]!;
    return { fields: { at, keep: flow.keep !== undefined } };
  }

  *#calls(
    item: { readonly at: string | readonly string[] } & Common,
    place: DocumentPath,
    part: (port: OpenPort) => CallPart,
    takes: (text: string) => boolean = () => true,
  ): Generator<Statement> {
    const majors = this.#majors(item, place);
    for (const [text, at] of placed(item.at, [...place, 'at'])) {
      if (!takes(text)) continue;
      for (const call of this.yaml.parse(at, () => parseCallPort(text)))
        yield this.#call(call, part(call.port), majors);
    }
  }

  /** The values of a list that has a name: `@session-packages`. */
  #list(text: string, place: DocumentPath): readonly string[] {
    return this.yaml.parse(place, () => {
      const list = this.yaml.data.lists?.[text.slice(1)];
      if (!text.startsWith('@') || !list) throw new SelectorError(`there is no list '${text}'`, 0);
      return list;
    });
  }

  #row(row: NonNullable<NonNullable<ModelSource['sources']>[number]['row']>, place: DocumentPath): RowModel {
    const places = (name: 'of' | 'keep' | 'drop' | 'include'): readonly ChainPlace[] =>
      placed(row[name] ?? [], [...place, name]).map(([text, at]) => this.yaml.parse(at, () => parseChainPlace(text)));
    return { of: places('of'), keep: places('keep'), drop: places('drop'), include: places('include') };
  }

  #call(callable: Callable, part: CallPart, majors: { readonly majors?: Majors }): Statement {
    const file = this.#fileMajors && { majors: this.#fileMajors };
    return { kind: 'call', function: callable.function, construct: callable.construct, part, ...file, ...majors };
  }

  #when(when: string | readonly string[] | undefined, place: DocumentPath): readonly OpenCondition[] {
    if (when === undefined) return [];
    return placed(when, place).map(([text, at]) => {
      let condition = this.#conditions.get(text);
      if (!condition) {
        condition = this.yaml.parse(at, () => parseCondition(text, this.yaml.data.lists));
        this.#conditions.set(text, condition);
      }
      return condition;
    });
  }

  /** An item's own range, else the file's. */
  #majors(item: Common, place: DocumentPath): { readonly majors?: Majors } {
    const { majors } = item;
    const range =
      majors === undefined ? this.#fileMajors : this.yaml.parse([...place, 'majors'], () => parseMajors(majors));
    return range ? { majors: range } : {};
  }
}
