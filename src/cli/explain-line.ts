import { LineIndex } from '../core/span.js';
import type { Arrival, CallFacts, PlaceFacts } from '../explain-place.js';
import { printable } from '../report/printable.js';
import { enumerate } from '../report/words.js';

/** Calls of a line whose code is quoted, and characters of the quote. */
const LONGEST_QUOTE = 60;

/** Why nothing is reported at a line: what the engine knows there, call by call, and what reaches the sinks among them. */
export function explainLine(facts: PlaceFacts, text: string, line: number): string[] {
  const lines = new LineIndex(text);
  const code = lines.lineText(line).trim();
  if (facts.functions.length === 0) {
    return [
      code === ''
        ? 'The line is empty.'
        : 'No code that runs stands at this line: a type, a comment, or the middle of a statement.',
    ];
  }
  const result = [`It belongs to ${enumerate(facts.functions.map((name) => `\`${name}\``))}.`];
  if (facts.calls.length === 0) result.push('Nothing is called at this line, so no data leaves here.');
  for (const call of facts.calls) result.push(`- \`${quote(text, call)}\` ${describeCall(call)}`);
  const hasSink = facts.calls.some(({ models }) => models.some(({ sinks }) => sinks.length > 0));
  if (facts.arrivals.length > 0) {
    result.push('What reaches the sinks here:');
    for (const arrival of facts.arrivals) result.push(`- ${describeArrival(arrival)}`);
  } else if (hasSink)
    result.push('Only constants, or values that are no content (ids, counts, flags), reach the sinks here.');
  return result.map(printable);
}

function quote(text: string, { start, end }: CallFacts): string {
  const code = text.slice(start, end).replace(/\s+/g, ' ');
  return code.length > LONGEST_QUOTE ? `${code.slice(0, LONGEST_QUOTE - 1)}…` : code;
}

function describeCall({ own, models }: CallFacts): string {
  const parts = [
    ...own.map(({ name, file }) => `\`${name}\` in ${file}, which is followed`),
    ...models.map(({ selector, sinks, sources }) => {
      const does = [
        ...(sinks.length > 0 ? [`a sink (${sinks.join(', ')})`] : []),
        ...(sources.length > 0 ? [`a source (${sources.join(', ')})`] : []),
      ];
      const name = selector === '' ? 'an interface that is known by name only' : `the interface ${selector}`;
      return does.length > 0 ? `${name}: ${does.join(' and ')}` : `${name}: neither source nor sink`;
    }),
  ];
  return parts.length > 0
    ? `calls ${enumerate(parts)}.`
    : 'calls something of which nothing is known: no model, and no code of this repository. A model file can describe it.';
}

const ORIGIN_WORDS: Readonly<Record<Arrival['origin'], string>> = {
  source: 'is a source',
  parameter: 'comes in as an argument: it counts as what callers hand over',
  unknown: 'comes from a call or name of which nothing is known',
  shared: 'comes from state that functions share: it counts as what is written there',
};

function describeArrival({ element, sink, origin, kinds, cleared, rules }: Arrival): string {
  const name = element === '' ? 'a value without a name' : `\`${element}\``;
  const what = kinds.length > 0 ? `taken for ${kinds.join(', ')}` : 'nothing says that it is sensitive';
  const clean = cleared.length > 0 ? `; cleared of ${cleared.join(', ')} on the way` : '';
  const ruled =
    rules.length > 0 ? `; ${rules.join(', ')} ${rules.length > 1 ? 'speak' : 'speaks'} of it` : '; no rule forbids it';
  return `${name} reaches ${sink}. It ${ORIGIN_WORDS[origin]}; ${what}${clean}${ruled}.`;
}
