import { CALL_ARGUMENTS, ELEMENT, Op } from '../ir/instruction.js';
import type { Program } from './program.js';
import { TokenKind, type Tracker } from './tracker.js';

/** Which functions a function may call or create, and how many known callers each has. */
export interface CallGraph {
  /** Callees of each function, ascending, without repeats; closures that it creates included. */
  readonly callees: readonly (readonly number[])[];
  /** 1 for functions that are called at a known place outside of tests (creating a closure is no call). */
  readonly called: Uint8Array;
  /** 1 for functions of test files. */
  readonly tests: Uint8Array;
  readonly calls: number;
  readonly callsResolved: number;
}

const TEST_FILE = /(^|\/)(__tests__|__mocks__|tests?|specs?|e2e)\/|\.(test|spec|stories|e2e)\.[a-z]+$/;

export function buildCallGraph(program: Program, tracker: Tracker): CallGraph {
  const callees: number[][] = [];
  const called = new Uint8Array(program.functionCount);
  const tests = new Uint8Array(program.functionCount);
  let calls = 0;
  let callsResolved = 0;
  for (let fn = 0; fn < program.functionCount; fn++) {
    const { code, strings, path } = program.fileOf(fn);
    const test = TEST_FILE.test(path);
    if (test) tests[fn] = 1;
    const { blocks } = program.functionOf(fn);
    const end = blocks[blocks.length - 1]!;
    const found = new Set<number>();
    const keys = new Map<number, string>();
    for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
      const op = code[pc]! & 255;
      if (op === Op.Closure) found.add(program.sibling(fn, code[pc + 4]!));
      else if (op === Op.Absorb) addIterators(tracker, fn, code[pc + 4]!, found);
      else if (op === Op.Load) {
        if (strings[code[pc + 5]!] === ELEMENT) addIterators(tracker, fn, code[pc + 4]!, found);
        keys.set(code[pc + 3]!, strings[code[pc + 5]!]!);
        for (const token of tracker.slotTokens(fn, code[pc + 4]!)) {
          const kind = tracker.tokenKind(token);
          if (kind !== TokenKind.Instance && kind !== TokenKind.Class) continue;
          const getter = tracker.method(
            tracker.tokenData(token),
            strings[code[pc + 5]!]!,
            kind === TokenKind.Class,
            'getter',
          );
          if (getter >= 0) {
            found.add(getter);
            if (!test) called[getter] = 1;
          }
        }
      } else if (op === Op.Call) {
        calls++;
        addHandedOn(tracker, fn, code, pc, found);
        let resolved = false;
        for (const token of tracker.slotTokens(fn, code[pc + 4]!)) {
          const kind = tracker.tokenKind(token);
          const data = tracker.tokenData(token);
          if (kind === TokenKind.Function || kind === TokenKind.Class) {
            const target = kind === TokenKind.Function ? data : tracker.constructorOf(data);
            found.add(target);
            if (!test && target !== fn) called[target] = 1;
            resolved = true;
          } else if (kind === TokenKind.Api || kind === TokenKind.Callable) resolved = true;
        }
        if (!resolved) {
          const key = keys.get(code[pc + 4]!);
          if (key !== undefined && program.knowledge.method(key)) resolved = true;
        }
        if (resolved) callsResolved++;
      }
    }
    callees.push([...found].sort((a, b) => a - b));
  }
  return { callees, called, tests, calls, callsResolved };
}

/**
 * Functions that a call hands on, or that what it is made with keeps: what is called may call them back, so that their summaries are needed before.
 */
function addHandedOn(tracker: Tracker, fn: number, code: Int32Array, pc: number, found: Set<number>): void {
  const addKept = (token: number): void => {
    for (const kept of tracker.handlersOf(token)) found.add(kept);
  };
  tracker.slotTokens(fn, code[pc + 4]!).forEach(addKept);
  if (code[pc + 5]! >= 0) tracker.slotTokens(fn, code[pc + 5]!).forEach(addKept);
  for (let i = pc + CALL_ARGUMENTS; i < pc + (code[pc]! >>> 8); i++) {
    for (const token of tracker.slotTokens(fn, code[i]!)) {
      if (tracker.tokenKind(token) === TokenKind.Function) found.add(tracker.tokenData(token));
      else addKept(token);
    }
  }
}

/** The methods that make iterators of the instances in a slot. */
function addIterators(tracker: Tracker, fn: number, slot: number, found: Set<number>): void {
  for (const token of tracker.slotTokens(fn, slot)) {
    if (tracker.tokenKind(token) !== TokenKind.Instance) continue;
    for (const name of ['@@iterator', '@@asyncIterator']) {
      const method = tracker.method(tracker.tokenData(token), name, false, 'method');
      if (method >= 0) found.add(method);
    }
  }
}

/** The strongly connected components of the call graph, callees before callers (Tarjan, iterative). */
export function components(callees: readonly (readonly number[])[]): number[][] {
  const count = callees.length;
  const index = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const onStack = new Uint8Array(count);
  const stack: number[] = [];
  const result: number[][] = [];
  let next = 0;
  for (let root = 0; root < count; root++) {
    if (index[root]! >= 0) continue;
    const work: { node: number; at: number }[] = [{ node: root, at: 0 }];
    while (work.length > 0) {
      const frame = work[work.length - 1]!;
      const { node } = frame;
      if (frame.at === 0) {
        index[node] = low[node] = next++;
        stack.push(node);
        onStack[node] = 1;
      }
      const targets = callees[node]!;
      let descended = false;
      while (frame.at < targets.length) {
        const target = targets[frame.at++]!;
        if (index[target]! < 0) {
          work.push({ node: target, at: 0 });
          descended = true;
          break;
        }
        if (onStack[target]) low[node] = Math.min(low[node]!, index[target]!);
      }
      if (descended) continue;
      work.pop();
      const parent = work[work.length - 1];
      if (parent) low[parent.node] = Math.min(low[parent.node]!, low[node]!);
      if (low[node] !== index[node]) continue;
      const component: number[] = [];
      let member: number;
      do {
        member = stack.pop()!;
        onStack[member] = 0;
        component.push(member);
      } while (member !== node);
      result.push(component.sort((a, b) => a - b));
    }
  }
  return result;
}
