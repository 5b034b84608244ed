/** What a schema's confinement of a value is worth: the families of sinks for which it is fit then. */
import { Clears } from '../core/kinds.js';
import type { Frame } from './frame.js';
import { load } from './memory.js';
import { ALLOWED } from './predicates.js';
import type { Confined, ConfinedValue } from './tools/closed-arguments.js';
import { type Fact, ofFacts, withCleared, withFacts } from './value.js';

/** What is made of harmless characters alone. */
const PLAIN = Clears.Shell | Clears.Code | Clears.Sql | Clears.Html;
/** Which of a few, or how much, is still a choice. */
const CLOSED = ALLOWED & ~Clears.Effect;

export function clearedBy(frame: Frame, { closed, plain, checks }: ConfinedValue): Clears {
  // A value that was refused never arrives.
  const passed = checks.map((fn) => frame.context.predicates.of(fn).whenTrue.get('p0')?.clears ?? 0);
  return passed.reduce((all, bits) => all | bits, (closed ? CLOSED : 0) | (plain ? PLAIN : 0));
}

/** Fields of a thing that its schema confines are fit for what that is worth. */
export function confineFields(frame: Frame, fact: Fact, { closed, plain, refined }: Confined, pc: number): void {
  const names = new Set([...closed, ...plain, ...refined.keys()]);
  const given = [...names].map((name) => {
    const by = { closed: closed.includes(name), plain: plain.includes(name), checks: refined.get(name) ?? [] };
    return [name, load(frame, ofFacts([fact]), name, pc), clearedBy(frame, by)] as const;
  });
  if (given.length === 0) return;
  const { map } = frame.state.write(frame.overlay(fact, true));
  for (const [name, value, bits] of given) {
    const facts = value.facts.map((each) => withCleared(each, each.cleared | bits));
    map.set(name, withFacts(value, facts));
  }
}
