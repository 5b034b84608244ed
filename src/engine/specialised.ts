/**
 * Methods as they behave on instances of one class, where it depends on the class what they call on `this`; functions as they behave on lists of
 * a known number of functions, which they run one after the other.
 */
import { Op } from '../ir/instruction.js';
import type { Call } from './call.js';
import type { Frame } from './frame.js';
import type { GivenTuple } from './given-lists.js';
import type { Summary } from './summary.js';
import { TokenKind } from './tracker.js';
import type { Value } from './value.js';

/** Summaries of methods by class, made when they are first asked for. */
export class SpecialisedSummaries {
  readonly #summaries = new Map<string, Summary | undefined>();

  /**
   * @param maximum how many are made for one program
   * @param run analyses a function with the class of `this` (-1 for any), and with a list that it is given
   */
  constructor(
    private readonly maximum: number,
    private readonly run: (fn: number, cls: number, given: GivenTuple | undefined) => Summary,
  ) {}

  /** Undefined where it is being made at the moment, or too many were. */
  of(fn: number, cls: number, given?: GivenTuple): Summary | undefined {
    const key = given ? `${fn}:${cls}:${given.root}${given.index}:${given.length}` : `${fn}:${cls}`;
    if (!this.#summaries.has(key) && this.#summaries.size < this.maximum) {
      this.#summaries.set(key, undefined);
      this.#summaries.set(key, this.run(fn, cls, given));
    }
    return this.#summaries.get(key);
  }
}

/** What a function does on the instance at hand, where its class is known and matters, or on the list at hand. */
export function specialised(frame: Frame, call: Call, fn: number, closure: Value): Summary | undefined {
  const { context } = frame;
  if (!context.finished[fn]) return undefined;
  const given = context.givenLists.at(frame, call, fn, closure);
  const isVirtual = context.summaries[fn]?.virtual && call.depth === 0 && !call.isNew;
  const cls = isVirtual ? classOf(frame, frame.file.code[call.pc + 5]!) : -1;
  return cls < 0 && !given ? undefined : context.specialised.of(fn, cls, given);
}

/** The class of the instance in a slot, -1 where it may be one of several, or of a class derived from it. */
function classOf(frame: Frame, slot: number): number {
  if (slot < 0) return -1;
  const { tracker, program } = frame.context;
  if (slot === frame.ir.thisSlot) {
    if (frame.thisClass >= 0) return frame.thisClass;
    const owner = frame.ir.isStatic ? -1 : program.ownerClass(frame.fn);
    return owner >= 0 && !tracker.isExtended(owner) ? owner : -1;
  }
  const tokens = tracker.slotTokens(frame.fn, slot);
  if (tokens.length !== 1 || tracker.tokenKind(tokens[0]!) !== TokenKind.Instance) return -1;
  const cls = tracker.tokenData(tokens[0]!);
  return tracker.isExtended(cls) ? -1 : cls;
}

/** Of the methods that `this.m()` may call, the one that the class of `this` has. Notes where that would have made a difference. */
export function narrowToClass(frame: Frame, call: Call, calleeSlot: number, functions: Map<number, Value>): void {
  const { code } = frame.file;
  const { tracker, program, summaries } = frame.context;
  const pc = frame.definitions[calleeSlot]!;
  const { thisSlot } = frame.ir;
  if (thisSlot < 0 || functions.size === 0 || call.depth > 0 || code[call.pc + 5]! !== thisSlot) return;
  if (pc < 0 || (code[pc]! & 255) !== Op.Load || code[pc + 4]! !== thisSlot) return;
  const methods = [...functions.keys()].filter((fn) => program.ownerClass(fn) >= 0);
  if (methods.length !== functions.size) return;
  if (methods.length > 1 || summaries[methods[0]!]?.virtual) frame.virtual = true;
  if (frame.thisClass < 0 || methods.length === 1) return;
  const own = tracker.method(frame.thisClass, call.name, false, 'method');
  if (!functions.has(own)) return;
  for (const fn of methods) if (fn !== own) functions.delete(fn);
}
