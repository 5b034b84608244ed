import { covers } from '../../core/kinds.js';
import { CompareOperator, Op } from '../../ir/instruction.js';
import type { ModelledCall } from './call-states.js';
import { locate } from './locate.js';
import type { Notice } from './notice.js';
import type { StaticValues } from './static-values.js';

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

/** Whether a call sends a prompt together with tools. */
function asksModel(values: StaticValues, { place, models }: ModelledCall): boolean {
  if (!models.some((model) => model.sinks.some(({ kind }) => covers('model.prompt', kind)))) return false;
  return values.argument(place, 0).some((item) => values.field(item, 'tools').length > 0);
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
        if (code[pc + 4] === CompareOperator.Order) return true;
        break;
      case Op.Load:
        if (/^(question|prompt|readline)$/.test(strings[code[pc + 5]!]!)) return true;
        break;
      default:
    }
  }
  return false;
}
