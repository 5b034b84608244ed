import type {
  CallModel,
  Condition,
  DecisionModel,
  FlowModel,
  GuardModel,
  MaskModel,
  PartPort,
  Port,
  RedactModel,
  SettingModel,
  SinkModel,
  SourceModel,
  ToolModel,
  TurnModel,
} from '../core/port.js';
import type { CapabilityKind } from '../core/tool.js';
import type { OpenCondition } from './condition.js';
import type { PlacedPart } from './graph.js';
import type { OpenPartPort, OpenTool } from './model-data.js';
import type { OpenPort } from './selector.js';

/** Makes one model of everything that is said of a call; undefined when nothing is. */
export function mergeParts(parts: readonly PlacedPart[]): CallModel | undefined {
  if (parts.length === 0) return undefined;
  // Which scope was compiled first must not show: parts come in the order of their selectors.
  const sorted = parts.toSorted((a, b) => (a.selector < b.selector ? -1 : a.selector > b.selector ? 1 : 0));
  const first = sorted[0]!;
  const ports = new Ports();
  const flows = new Map<string, FlowModel>();
  const sinks = new Map<string, SinkModel>();
  const sources = new Map<string, SourceModel>();
  const guards = new Map<string, GuardModel>();
  const tools = new Map<string, ToolModel>();
  const settings = new Map<string, SettingModel>();
  const redacts = new Map<string, RedactModel>();
  const wraps = new Map<string, Port>();
  const decides = new Map<string, DecisionModel>();
  const masks = new Map<string, MaskModel>();
  const does = new Set<CapabilityKind>();
  let inTurn: TurnModel | undefined;
  for (const { part } of sorted) {
    if (part.invoke) ports.callback(part.invoke);
    if (part.flow) {
      const { from, to, when, fields, ...rest } = part.flow;
      const picked = fields && { fields: { at: ports.port(fields.at), keep: fields.keep } };
      add(flows, {
        ...rest,
        from: ports.port(from),
        to: ports.port(to),
        when: ports.conditions(when, from),
        ...picked,
      });
    }
    if (part.sink) {
      const { port, when, field, host, ...rest } = part.sink;
      const named = { ...(field && { field: ports.port(field) }), ...(host && { host: ports.port(host) }) };
      add(sinks, { ...rest, port: ports.port(port), when: ports.conditions(when, port), ...named });
    }
    if (part.source) {
      const { port, when } = part.source;
      add(sources, { ...part.source, port: ports.port(port), when: ports.conditions(when, port) });
    }
    if (part.does) does.add(part.does);
    if (part.inTurn) {
      const { list, from, by, backward } = part.inTurn;
      const ends = { ...(from && { from: ports.port(from) }), ...(by && { by: ports.port(by) }) };
      inTurn = { list: ports.port(list), ...ends, backward };
    }
    if (part.mask) add(masks, { ...part.mask, port: ports.port(part.mask.port) });
    if (part.redacts) add(redacts, { ...part.redacts, port: ports.port(part.redacts.port) });
    if (part.wraps) add(wraps, ports.port(part.wraps));
    if (part.tool) add(tools, toolModel(part.tool, ports));
    if (part.setting) {
      const { when, point, each, ...rest } = part.setting;
      const at = point && { point: { from: point.from, port: ports.port(point.port) } };
      const of = each && { each: ports.port(each) };
      add(settings, { ...rest, when: ports.conditions(when, NO_PORT), ...at, ...of });
    }
    if (part.decides) {
      const { rule, when } = part.decides;
      add(decides, { rule, when: ports.conditions(when, NO_PORT) });
    }
    if (part.guard) {
      const { port, if: conditions, resolved, clears, when } = part.guard;
      const only = conditions.length > 0 && { if: ports.conditions(conditions, port) };
      add(guards, { port: ports.port(port), clears, when, ...only, ...(resolved && { resolved }) });
    }
  }
  return {
    selector: first.selector,
    package: first.package,
    flows: [...flows.values()],
    sinks: [...sinks.values()],
    sources: [...sources.values()],
    guards: [...guards.values()],
    invokes: ports.invokes,
    ...(tools.size > 0 && { tools: [...tools.values()] }),
    ...(settings.size > 0 && { settings: [...settings.values()] }),
    ...(decides.size > 0 && { decides: [...decides.values()] }),
    ...(masks.size > 0 && { masks: [...masks.values()] }),
    ...(redacts.size > 0 && { redacts: [...redacts.values()] }),
    ...(wraps.size > 0 && { wraps: [...wraps.values()] }),
    ...(sorted.some(({ part }) => part.asks) && { asks: true }),
    ...(sorted.some(({ part }) => part.resolves) && { resolves: true }),
    ...(sorted.some(({ part }) => part.serves) && { serves: true }),
    ...(sorted.some(({ part }) => part.listens) && { listens: true }),
    ...(does.size > 0 && { does: [...does] }),
    ...(inTurn && { inTurn }),
    closed: parts.some(({ part }) => part.closed) && !parts.some(({ part }) => part.closed === false),
  };
}

const NO_PORT: OpenPort = { root: 'result', index: 0, path: [] };

function toolModel({ parts, items, approval, when, ...rest }: OpenTool, ports: Ports): ToolModel {
  const close = (open: OpenPartPort): PartPort => ({ from: open.from, port: ports.port(open.port) });
  const closed = Object.fromEntries(Object.entries(parts).map(([part, open]) => [part, open.map(close)]));
  const only = when.length > 0 && { when: ports.conditions(when, NO_PORT) };
  return { ...rest, ...closed, approval: approval.map(close), ...only, ...(items && { items: ports.port(items) }) };
}

/** The same thing said twice counts once. */
function add<Item>(items: Map<string, Item>, item: Item): void {
  items.set(JSON.stringify(item), item);
}

/** Gives each callback of a call its number. */
class Ports {
  readonly invokes: Port[] = [];
  readonly #numbers = new Map<string, number>();

  callback(open: OpenPort): number {
    const port = this.port(open);
    const key = JSON.stringify(port);
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.invokes.push(port) - 1;
      this.#numbers.set(key, number);
    }
    return number;
  }

  port(open: OpenPort): Port {
    const invoke = open.callback ? this.callback(open.callback) : 0;
    return { root: open.root, index: open.index, invoke, path: open.path };
  }

  /** Sibling conditions ask of a field beside the last one of `beside`. */
  conditions(conditions: readonly OpenCondition[], beside: OpenPort): readonly Condition[] {
    return conditions.map((condition) => {
      const { test, values, sibling } = condition;
      const others = condition.others && { others: condition.others.map((other) => this.port(other)) };
      if (!sibling) return { port: this.port(condition.port), ...others, test, values, sibling };
      const path = [...beside.path.slice(0, -1), ...condition.port.path];
      return { port: this.port({ ...beside, path }), test, values, sibling };
    });
  }
}
