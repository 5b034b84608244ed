import { matchesGlob } from '../core/literal-glob.js';
import { isRemotePlainHttp } from '../core/local-host.js';
import type { Condition, Port } from '../core/port.js';
import { CALL_ARGUMENTS, ELEMENT } from '../ir/instruction.js';
import { argument, type Call } from './call.js';
import { isFilled } from './filled.js';
import type { Frame } from './frame.js';
import { leaves } from './leaves.js';
import { load, loadPath } from './memory.js';
import { NOTHING, type Value } from './value.js';

/** Whether all conditions that are not about siblings hold at a call. */
export function holds(frame: Frame, call: Call, conditions: readonly Condition[]): boolean {
  return conditions.every((condition) => {
    const { others, ...first } = condition;
    if (others) return [condition.port, ...others].some((port) => holds(frame, call, [{ ...first, port }]));
    if (condition.sibling) return true;
    if (condition.test === 'written') return isWritten(frame, call, condition);
    if (condition.test === 'unwritten') return !isWritten(frame, call, condition);
    if (condition.test === 'filled') return isFilledAt(frame, call, condition.port);
    if (condition.test === 'unfilled') return !isFilledAt(frame, call, condition.port);
    const value = conditionValue(frame, call, condition);
    if (condition.test === 'function' || condition.test === 'not-function') {
      const isFunction = value.objects.some((object) => frame.objects[object]!.kind === 'function');
      return isFunction === (condition.test === 'function');
    }
    if (condition.test === 'from') return isFrom(frame, call, condition.values, value);
    if (condition.test === 'not-from') return !isFrom(frame, call, condition.values, value);
    return test(condition, value);
  });
}

/** Whether the sibling conditions hold for one object that holds the value asked for. */
export function siblingsHold(frame: Frame, call: Call, conditions: readonly Condition[], holder: Value): boolean {
  return conditions.every((condition) => {
    if (!condition.sibling) return true;
    const { path } = condition.port;
    return test(condition, load(frame, holder, path[path.length - 1]!, call.pc));
  });
}

/** Whether a value, an element of it, or the first of such an element (`[plugin, options]`) is the default export of a package. */
function isFrom(frame: Frame, call: Call, packages: readonly string[], value: Value): boolean {
  const { knowledge } = frame.context.program;
  const wanted = packages.map((name) => knowledge.module(name, undefined)).filter((state) => state !== 0);
  // A list that a module keeps is told by what the tracker knows of its variable.
  for (const { root } of value.facts) {
    const { origin } = frame.roots[root]!;
    const variable = origin.type === 'cell' ? frame.context.cells.variableOf(origin.cell) : -1;
    if (variable >= 0 && frame.context.tracker.heldStates(variable).some((state) => wanted.includes(state)))
      return true;
  }
  const elements = load(frame, value, ELEMENT, call.pc);
  return [value, elements, load(frame, elements, ELEMENT, call.pc)].some(({ objects }) =>
    objects.some((object) => {
      const info = frame.objects[object]!;
      return info.kind === 'api' && wanted.includes(info.state);
    }),
  );
}

function isFilledAt(frame: Frame, call: Call, { root, index, path }: Port): boolean {
  if (call.depth > 0 || path.length > 0) return false;
  const { code } = frame.file;
  if (root === 'receiver') return isFilled(frame, code[call.pc + 5]!);
  return root === 'argument' && index < call.args.length && isFilled(frame, code[call.pc + CALL_ARGUMENTS + index]!);
}

/** Whether an object that the code makes holds the last field of the port. */
function isWritten(frame: Frame, call: Call, condition: Condition): boolean {
  const { path } = condition.port;
  const holder = conditionValue(frame, call, { ...condition, port: { ...condition.port, path: path.slice(0, -1) } });
  return holder.objects.some((object) => frame.state.read(object)?.map.has(path.at(-1) ?? ''));
}

function conditionValue(frame: Frame, call: Call, condition: Condition): Value {
  const { port } = condition;
  const root =
    port.root === 'receiver' ? call.receiver : port.root === 'argument' ? argument(frame, call, port.index) : NOTHING;
  return loadPath(frame, root, port.path, call.pc);
}

function test(condition: Condition, value: Value): boolean {
  const { values } = condition;
  switch (condition.test) {
    case 'in':
      return value.literals.some((text) => values.includes(text));
    case 'not-in':
      return !value.literals.some((text) => values.includes(text));
    case 'at-most':
      return value.literals.length > 0 && value.literals.every((text) => Math.abs(Number(text)) <= Number(values[0]));
    case 'matches':
      return value.literals.some((text) => values.some((pattern) => matchesGlob(pattern, text)));
    case 'not-matches':
      return !value.literals.some((text) => values.some((pattern) => matchesGlob(pattern, text)));
    case 'remote-plain-http':
      return value.literals.some(isRemotePlainHttp);
    case 'leaves':
      return value.literals.some((text) => leaves(text, values[0]!));
    case 'not-leaves':
      return !value.literals.some((text) => leaves(text, values[0]!));
    case 'present':
      return value !== NOTHING;
    // Only settings ask this, of the code itself.
    case 'named':
    case 'answers':
      return false;
    default:
      return value === NOTHING;
  }
}
