/** Spreading and copying of all fields of one thing into another. */
import { ANY, ELEMENT } from '../ir/instruction.js';
import type { Frame } from './frame.js';
import type { Fields } from './heap.js';
import { extended, isWritable, knownKeys, put, withoutKeys } from './memory.js';
import { type Fact, NOTHING, type Value } from './value.js';

/** One thing whose fields are copied: those that are known, and the facts from which all others may come. */
interface Part {
  readonly map: ReadonlyMap<string, Value>;
  readonly rest: readonly Fact[];
}

/** absorb: all fields of src but `excluded` become fields of dst; where that only `may` happen, the old ones stay too. */
export function absorb(frame: Frame, target: Value, source: Value, excluded: readonly string[], may = false): void {
  const parts = partsOf(frame, source, excluded);
  if (parts.length === 0) return;
  const objects = target.objects.filter((object) => isWritable(frame, object));
  const single = !may && objects.length + target.facts.length === 1;
  for (const object of objects)
    takeIn(frame, frame.state.write(object), [], parts, single && !frame.summarised.has(object));
  for (const fact of target.facts) takeIn(frame, frame.state.write(frame.overlay(fact, true)), [fact], parts, single);
}

function partsOf(frame: Frame, source: Value, excluded: readonly string[]): Part[] {
  const parts: Part[] = [];
  for (const object of source.objects) {
    const own = frame.objects[object]!.kind === 'plain' ? frame.state.read(object) : undefined;
    if (!own) continue;
    const hidden = [...excluded, ...knownKeys(own)];
    const rest = hidden.length === 0 ? own.rest : own.rest.map((fact) => withoutKeys(fact, hidden));
    parts.push({ map: without(own.map, excluded), rest });
  }
  for (const fact of source.facts) {
    const overlay = frame.overlay(fact, false);
    const own = overlay >= 0 ? frame.state.read(overlay) : undefined;
    const map = own ? without(own.map, excluded) : NO_FIELDS;
    const gone = own?.hidden ? own.hidden.split('\n') : [];
    parts.push({ map, rest: [withoutKeys(fact, own ? [...excluded, ...gone, ...knownKeys(own)] : excluded)] });
  }
  return parts;
}

const NO_FIELDS: ReadonlyMap<string, Value> = new Map();

function without(map: ReadonlyMap<string, Value>, excluded: readonly string[]): ReadonlyMap<string, Value> {
  if (!excluded.some((key) => map.has(key))) return map;
  return new Map([...map].filter(([key]) => !excluded.includes(key)));
}

/** @param whole what the target's own fields come from where they were not written */
function takeIn(frame: Frame, fields: Fields, whole: readonly Fact[], parts: readonly Part[], strong: boolean): void {
  const keys = new Set(parts.flatMap(({ map }) => [...map.keys()]));
  const rest = parts.flatMap((part) => part.rest);
  // Fields written before may be overwritten by those that no name tells: keep both.
  if (rest.some(({ exact }) => exact)) for (const key of fields.map.keys()) keys.add(key);
  for (const key of keys) {
    let value = NOTHING;
    let isSure = strong && key !== ANY && key !== ELEMENT;
    for (const part of parts) {
      const own = part.map.get(key);
      if (own) value = frame.join(value, own);
      else {
        isSure = false;
        value = frame.join(value, unnamed(frame, part.rest, key));
      }
    }
    if (!isSure) value = frame.join(fields.map.get(key) ?? unnamed(frame, [...fields.rest, ...whole], key), value);
    put(frame, fields, key, value);
  }
  fields.rest = frame.joinFacts(fields.rest, rest);
}

/** What a field that was not written holds. */
function unnamed(frame: Frame, facts: readonly Fact[], key: string): Value {
  let value = NOTHING;
  if (key === ANY || key === ELEMENT) return value;
  for (const fact of facts) if (fact.exact) value = frame.join(value, extended(frame, fact, key));
  return value;
}
