/** What a service answers where it refuses: `if (!response.ok) throw new Error(await response.text())` tells of a failure, not of content. */
import { Clears } from '../core/kinds.js';
import { CompareOperator, Op } from '../ir/instruction.js';
import type { Frame } from './frame.js';
import type { State } from './heap.js';
import { load, reach } from './memory.js';
import { isDeep } from './refine-names.js';

/** Where a response keeps what came with it: the whole of it, and what is known of its JSON. */
const BODIES = ['page', 'parsed'];

/** How deep in a body something known is looked for: `candidates[].content.parts`. */
const DEPTH = 4;

/** Refines the state behind the condition at `pc` in which a response turned out to be none that was asked for. */
export function refineRefused(frame: Frame, pc: number, taken: State, other: State): void {
  const { code } = frame.file;
  const op = code[pc]! & 255;
  if (op === Op.Load) {
    if (keyOf(frame, pc) === 'ok') refuse(frame, pc, code[pc + 4]!, other);
  } else if (op === Op.Compare) {
    const [operator, left, right] = [code[pc + 4]!, code[pc + 5]!, code[pc + 6]!];
    const read = frame.definitions[left]!;
    if (read < 0 || (code[read]! & 255) !== Op.Load) return;
    const key = keyOf(frame, read);
    if (key !== 'status' && key !== 'statusCode') return;
    const [status = ''] = frame.get(right).literals;
    if (operator === CompareOperator.NotEqual && /^2\d\d$/.test(status)) refuse(frame, read, code[read + 4]!, taken);
    else if (operator === CompareOperator.Equal && /^[45]\d\d$/.test(status))
      refuse(frame, read, code[read + 4]!, taken);
  }
}

function keyOf(frame: Frame, pc: number): string {
  return frame.file.strings[frame.file.code[pc + 5]!]!;
}

function refuse(frame: Frame, pc: number, slot: number, state: State): void {
  if (isDeep(state)) return;
  const response = frame.get(slot);
  const facts = BODIES.flatMap((body) => reach(frame, load(frame, response, body, pc), DEPTH).map(({ fact }) => fact));
  if (facts.length === 0) return;
  state.refinements = [...state.refinements, { slot: -1, facts, clears: Clears.Content, derived: true }];
}
