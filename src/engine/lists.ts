/**
 * Whether what a method is called on is a list or a text, where the name of the method alone does not tell: `slice` of a list gives some of its elements,
 * of which each has its own fields, `slice` of a text gives text.
 */
import type { ApiState } from '../core/knowledge.js';
import type { CallModel } from '../core/port.js';
import { ELEMENT } from '../ir/instruction.js';
import type { Frame } from './frame.js';
import { isTypedList } from './type-evidence.js';
import { type Fact, type Value, withFacts } from './value.js';

export interface ListMethod {
  readonly state: ApiState;
  readonly model: CallModel;
  /** Texts have a method of this name too. */
  readonly ofTexts: boolean;
}

/** The method of lists that has a name: of `ReadonlyArray`, by which the models tell of what is a list for sure. */
export function listMethod(frame: Frame, name: string): ListMethod | undefined {
  const { knowledge } = frame.context.program;
  const of = (type: string): ApiState => knowledge.member(knowledge.construct(knowledge.global(type)), name);
  const state = of('ReadonlyArray');
  const model = state ? knowledge.onCall(state) : undefined;
  if (!model) return undefined;
  const text = of('String');
  return { state, model, ofTexts: text !== 0 && knowledge.onCall(text) !== undefined };
}

/** Whether all that a receiver may be is declared to be a list. */
export function isDeclaredList(frame: Frame, { facts, literals }: Value): boolean {
  return literals.length === 0 && facts.length > 0 && facts.every((fact) => fact.exact && isTypedList(frame, fact));
}

/** What is called as a list is none of the texts that a method before, which both have, could have made: of these the elements are there, each for itself. */
export function asList(frame: Frame, value: Value): Value {
  if (value.objects.length === 0 || value.facts.every(({ exact }) => exact)) return value;
  const elements = value.objects.flatMap((object) => frame.state.read(object)?.map.get(ELEMENT)?.facts ?? []);
  const { paths } = frame.context;
  const isElement = (whole: Fact, part: Fact): boolean =>
    part.root === whole.root && part.exact && part.path === paths.extend(whole.path, ELEMENT);
  const facts = value.facts.filter((fact) => fact.exact || !elements.some((part) => isElement(fact, part)));
  return facts.length === value.facts.length ? value : withFacts(value, facts);
}
