import { matchesGlob } from '../core/literal-glob.js';
import { isRemotePlainHttp } from '../core/local-host.js';
import type { Condition } from '../core/port.js';
import { argument, type Call } from './call.js';
import type { Frame } from './frame.js';
import { load, loadPath } from './memory.js';
import { NOTHING, type Value } from './value.js';

/** Whether all conditions that are not about siblings hold at a call. */
export function holds(frame: Frame, call: Call, conditions: readonly Condition[]): boolean {
  return conditions.every((condition) => condition.sibling || test(condition, conditionValue(frame, call, condition)));
}

/** Whether the sibling conditions hold for one object that holds the value asked for. */
export function siblingsHold(frame: Frame, call: Call, conditions: readonly Condition[], holder: Value): boolean {
  return conditions.every((condition) => {
    if (!condition.sibling) return true;
    const { path } = condition.port;
    return test(condition, load(frame, holder, path[path.length - 1]!, call.pc));
  });
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
    case 'present':
      return value !== NOTHING;
    default:
      return value === NOTHING;
  }
}
