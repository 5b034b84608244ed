import { covers } from '../../core/kinds.js';
import { CompareOperator, LiteralKind, Op } from '../../ir/instruction.js';
import type { ModelledCall } from './call-states.js';
import { locate } from './locate.js';
import type { Notice } from './notice.js';
import type { StaticValues } from './static-values.js';

/** Calls in one chain that are looked at: `model.bindTools(tools).withRetry()`. */
const MOST_LINKS = 4;

/**
 * Loops of the program's own that ask a model again and again, with tools, until it wants no more: `while (true) { … }`. A loop that compares a number
 * with a limit, goes through a list, or waits for a person ends by itself.
 */
export function findLoops(values: StaticValues, calls: readonly ModelledCall[]): Notice[] {
  const { program } = values;
  const result: Notice[] = [];
  for (const call of calls) {
    if (!asksModel(values, call)) continue;
    const { function: fn, pc } = call.place;
    if (!unboundedLoops(values, fn).some(([from, to]) => pc >= from && pc < to)) continue;
    result.push({
      rule: 'agent-unbounded-loop',
      location: locate(values, call.place),
      message: 'The loop asks the model until it wants no more tools, with no limit on the steps.',
      advice: 'Count the steps, and stop at a limit: `for (let step = 0; step < 20; step++)`.',
      subject: 'loop',
      function: program.functionOf(fn).qualifiedName,
      related: [],
    });
  }
  return result;
}

/** Whether a call sends a prompt together with tools, or asks a model that was given tools before: `model.bindTools(tools)`. */
function asksModel(values: StaticValues, { place, models }: ModelledCall): boolean {
  if (!models.some((model) => model.sinks.some(({ kind }) => covers('model.prompt', kind)))) return false;
  if (values.argument(place, 0).some((item) => values.field(item, 'tools').length > 0)) return true;
  const { code } = values.program.fileOf(place.function);
  return hasTools(values, place.function, code[place.pc + 5]!);
}

/** Whether a slot holds a model to which tools were bound, whatever else it was given after that. */
function hasTools(values: StaticValues, fn: number, slot: number, depth = 0): boolean {
  return values.owner(fn, slot).some((item) => {
    if (item.kind !== 'call') return false;
    const { function: made, pc } = item.place;
    const { code, strings } = values.program.fileOf(made);
    const callee = values.index(made).definitions.get(code[pc + 4]!)?.[0];
    if (callee === undefined || (code[callee]! & 255) !== Op.Load) return false;
    return (
      strings[code[callee + 5]!] === 'bindTools' ||
      (depth < MOST_LINKS && hasTools(values, made, code[callee + 4]!, depth + 1))
    );
  });
}

type Range = readonly [from: number, to: number];

/** The loops of a function that nothing bounds, as ranges of offsets. */
function unboundedLoops(values: StaticValues, fn: number): readonly Range[] {
  const { code } = values.program.fileOf(fn);
  const { blocks } = values.program.functionOf(fn);
  const loops: Range[] = [];
  for (let block = 0; block + 1 < blocks.length; block++) {
    for (let pc = blocks[block]!; pc < blocks[block + 1]!; pc += code[pc]! >>> 8) {
      const op = code[pc]! & 255;
      const targets = op === Op.Jump ? [code[pc + 3]!] : op === Op.Branch ? [code[pc + 4]!, code[pc + 5]!] : [];
      for (const head of targets) if (head <= block) loops.push([blocks[head]!, blocks[block + 1]!]);
    }
  }
  return loops.filter((loop) => !isBounded(values, fn, loop, loops));
}

/** What stands in a loop inside of the loop bounds only that one. */
function isBounded(values: StaticValues, fn: number, loop: Range, loops: readonly Range[]): boolean {
  const { code, strings } = values.program.fileOf(fn);
  const [from, to] = loop;
  const inner = loops.filter(([start]) => start > from && start < to);
  for (let pc = from; pc < to; pc += code[pc]! >>> 8) {
    if (inner.some(([start, end]) => pc >= start && pc < end)) continue;
    switch (code[pc]! & 255) {
      case Op.Branch:
        // A loop over a list has no condition of its own.
        if (code[pc + 3]! < 0) return true;
        break;
      case Op.Compare:
        if (code[pc + 4] === CompareOperator.Order && !asksForAny(values, fn, pc)) return true;
        break;
      case Op.Load:
        // A person is waited for, or a list is worked off.
        if (/^(question|prompt|readline|shift|pop)$/.test(strings[code[pc + 5]!]!)) return true;
        break;
      default:
    }
  }
  return false;
}

/** Whether a comparison asks no more than whether there is anything: `calls.length > 0`. */
function asksForAny(values: StaticValues, fn: number, pc: number): boolean {
  const { code, strings } = values.program.fileOf(fn);
  const { definitions } = values.index(fn);
  const made = [code[pc + 5]!, code[pc + 6]!].map((slot) => {
    const at = definitions.get(slot)?.[0];
    // As a number.
    return at !== undefined && (code[at]! & 255) === Op.Combine ? definitions.get(code[at + 5]!)?.[0] : at;
  });
  const isNothing = (at: number | undefined): boolean =>
    at !== undefined &&
    (code[at]! & 255) === Op.Const &&
    code[at + 4] === LiteralKind.Number &&
    strings[code[at + 5]!] === '0';
  const isSize = (at: number | undefined): boolean =>
    at !== undefined && (code[at]! & 255) === Op.Load && /^(?:length|size)$/.test(strings[code[at + 5]!]!);
  return made.some(isNothing) && made.some(isSize);
}
