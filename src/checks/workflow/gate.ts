import type { WorkflowRules } from './workflow-rules.js';

/** An activity type of an event: `labeled` of `issues`. */
export interface Occasion {
  readonly event: string;
  readonly type: string;
}

/** Who a condition keeps out: nobody, actors without rights, or texts of authors without rights. */
export type Gate = 'none' | 'actor' | 'author';

/**
 * Reads an `if` condition for one occasion. `A && B` lets in only what both do, `A || B` what either does; a branch for another event or activity
 * type does not count.
 */
export function gateOf(
  condition: string,
  occasion: Occasion,
  rules: WorkflowRules,
  trusted: (reference: string) => boolean,
): Gate {
  const text = stripWrapping(condition.trim());
  const branches = splitTop(text, '||');
  if (branches.length > 1) {
    const gates = branches
      .filter((branch) => isPossible(branch, occasion))
      .map((branch) => gateOf(branch, occasion, rules, trusted));
    return gates.length === 0 ? 'author' : gates.reduce(weakest);
  }
  const parts = splitTop(text, '&&');
  if (parts.length > 1) return parts.map((part) => gateOf(part, occasion, rules, trusted)).reduce(strongest);
  const leaf = text.toLowerCase().replace(/\s+/g, ' ');
  if (!isPossible(text, occasion) || rules.authorGates.some((piece) => leaf.includes(piece))) return 'author';
  if (rules.actorGates.some((piece) => leaf.includes(piece)) && !/^!|!=/.test(leaf)) return 'actor';
  const references = leaf.match(/(?:needs|steps)\.[\w.-]+/g) ?? [];
  return references.some(trusted) ? 'actor' : 'none';
}

export function strongest(a: Gate, b: Gate): Gate {
  return a === 'author' || b === 'author' ? 'author' : a === 'actor' || b === 'actor' ? 'actor' : 'none';
}

function weakest(a: Gate, b: Gate): Gate {
  return a === 'none' || b === 'none' ? 'none' : a === 'actor' || b === 'actor' ? 'actor' : 'author';
}

/** False for a conjunction that asks for another event or activity type. */
function isPossible(text: string, occasion: Occasion): boolean {
  return splitTop(stripWrapping(text.trim()), '&&').every((part) => {
    const match = /^\(?\s*github\.(event_name|event\.action)\s*(==|!=)\s*'([\w-]+)'\s*\)?$/.exec(part.trim());
    if (!match) return true;
    const actual = match[1] === 'event_name' ? occasion.event : occasion.type;
    return (actual === match[3]) === (match[2] === '==');
  });
}

/** Takes away `${{ }}` and parentheses around the whole. */
function stripWrapping(text: string): string {
  const inner = /^\$\{\{(.*)\}\}$/s.exec(text)?.[1]?.trim();
  if (inner !== undefined && !inner.includes('${{')) return stripWrapping(inner);
  if (text.startsWith('(') && closing(text) === text.length - 1) return stripWrapping(text.slice(1, -1).trim());
  return text;
}

function closing(text: string): number {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "'") quoted = !quoted;
    else if (!quoted && text[i] === '(') depth++;
    else if (!quoted && text[i] === ')' && --depth === 0) return i;
  }
  return -1;
}

/** Splits at an operator that stands outside of parentheses and quotes. */
function splitTop(text: string, operator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === "'") quoted = !quoted;
    else if (quoted) continue;
    else if (c === '(') depth++;
    else if (c === ')') depth--;
    else if (depth === 0 && text.startsWith(operator, i)) {
      parts.push(text.slice(start, i));
      start = i + operator.length;
      i = start - 1;
    }
  }
  return [...parts, text.slice(start)];
}
