import type { ApiState } from '../../core/knowledge.js';
import type { CallModel } from '../../core/port.js';
import { CallFlag, Op } from '../../ir/instruction.js';
import { TokenKind } from '../tracker.js';
import type { Place } from './item.js';
import type { StaticValues } from './static-values.js';

/** A call with what models tell of it. */
export interface ModelledCall {
  readonly place: Place;
  readonly models: readonly CallModel[];
}

/** The calls of the program of which models tell, in the order of functions and code. */
export function findModelledCalls(values: StaticValues): ModelledCall[] {
  const result: ModelledCall[] = [];
  for (let fn = 0; fn < values.program.functionCount; fn++) {
    for (const pc of values.index(fn).calls) {
      const place = { function: fn, pc };
      const models = modelsOf(values, place);
      if (models.length > 0) result.push({ place, models });
    }
  }
  return result;
}

/**
 * The models of the interfaces that a call may call: by what the tracker knows of the callee, else by the receiver's name.
 *
 * @param narrow the code as it is asked for computed names, where that is not the same: as one tool sees it
 */
export function modelsOf(values: StaticValues, place: Place, narrow = () => values): readonly CallModel[] {
  const { program, tracker } = values;
  const { code } = program.fileOf(place.function);
  const callee = code[place.pc + 4]!;
  const isNew = (code[place.pc + 6]! & (CallFlag.New | CallFlag.Super)) !== 0;
  const states = new Set<ApiState>();
  let own = false;
  const names = computedNames(values, place, narrow);
  if (names) for (const state of membersNamed(values, place, names)) states.add(state);
  const isNamed = states.size > 0;
  for (const token of tracker.slotTokens(place.function, callee)) {
    const kind = tracker.tokenKind(token);
    if (kind !== TokenKind.Api) own = true;
    else if (!isNamed) states.add(tracker.tokenData(token));
  }
  if (states.size === 0 && !own && !isNew) {
    const named = stateByName(values, place);
    if (named) states.add(named);
  }
  const result: CallModel[] = [];
  for (const state of states) {
    const model = isNew ? program.knowledge.onConstruct(state) : program.knowledge.onCall(state);
    if (model) result.push(model);
  }
  return names && !isNamed
    ? result.filter(({ selector }) => names.some((name) => selector.endsWith(`.${name}`)))
    : result;
}

/** `client[method]`, where the code says which names there may be: of all members, these. */
function computedNames(
  values: StaticValues,
  { function: fn, pc }: Place,
  narrow: () => StaticValues,
): readonly string[] | undefined {
  const { code } = values.program.fileOf(fn);
  const definition = values.index(fn).definitions.get(code[pc + 4]!)?.[0];
  if (definition === undefined || (code[definition]! & 255) !== Op.LoadDynamic) return undefined;
  const items = narrow().slot(fn, code[definition + 5]!);
  if (items.length === 0 || !items.every(({ kind }) => kind === 'text')) return undefined;
  return items.flatMap((item) => (item.kind === 'text' ? [item.text] : []));
}

/** The members of these names of what a computed name is read from. */
function membersNamed(values: StaticValues, { function: fn, pc }: Place, names: readonly string[]): ApiState[] {
  const { program, tracker } = values;
  const { code } = program.fileOf(fn);
  const definition = values.index(fn).definitions.get(code[pc + 4]!)![0]!;
  return tracker.slotTokens(fn, code[definition + 4]!).flatMap((token) => {
    if (tracker.tokenKind(token) !== TokenKind.Api) return [];
    return names.flatMap((name) => program.knowledge.member(tracker.tokenData(token), name) || []);
  });
}

/** `server.registerTool`, where only the receiver's name tells what it is. */
function stateByName(values: StaticValues, { function: fn, pc }: Place): ApiState {
  const { knowledge } = values.program;
  const { code, strings } = values.program.fileOf(fn);
  const callee = code[pc + 4]!;
  const definition = values.index(fn).definitions.get(callee)?.[0];
  if (definition === undefined || (code[definition]! & 255) !== Op.Load) return 0;
  const receiver = knowledge.name(nameOf(values, fn, code[definition + 4]!));
  return receiver ? knowledge.member(receiver, strings[code[definition + 5]!]!) : 0;
}

/** The name under which a slot is known: its variable, the member that was loaded into it, the import. */
export function nameOf(values: StaticValues, fn: number, slot: number, hops = 0): string {
  const file = values.program.fileOf(fn);
  const { code, strings } = file;
  const own = values.program.functionOf(fn).slotNames[slot]!;
  if (own >= 0) return strings[own]!;
  const pc = values.index(fn).definitions.get(slot)?.[0];
  if (pc === undefined) return '';
  switch (code[pc]! & 255) {
    case Op.Load:
      return strings[code[pc + 5]!]!;
    case Op.Global:
      return strings[code[pc + 4]!]!;
    case Op.Import:
      return file.imports[code[pc + 4]!]!.local;
    case Op.LoadVariable:
      return file.variables[code[pc + 4]!]!.name;
    case Op.Copy:
      return hops < 8 ? nameOf(values, fn, code[pc + 4]!, hops + 1) : '';
    default:
      return '';
  }
}
