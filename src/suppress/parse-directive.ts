import { suggest } from '../core/suggest.js';

/** What a comment says, before it is known which lines it covers. */
export interface ParsedDirective {
  readonly form: Form;
  readonly rules: readonly string[];
  readonly reason: string;
  readonly until: string | undefined;
}

export type Form = (typeof FORMS)[number];

const FORMS = ['next-line', 'start', 'end', 'file'] as const;
const MARK = 'spillcheck-ignore';
/** The reason stands behind `--`, or behind a dash that an editor made of it. */
const REASON = /(?:^|\s)(?:--+|—|–)(?:\s|$)/;
const UNTIL = /\buntil\s+(\S+)\s*$/;
const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * Reads the text of a comment from `spillcheck-ignore` on: `spillcheck-ignore-next-line rule-a, rule-b until 2027-01-31 -- reason`. The day may
 * also stand at the end of the reason.
 *
 * @param rules the rules there are
 * @returns what is wrong with it, as a text, where it is no suppression
 */
export function parseDirective(text: string, rules: readonly string[]): ParsedDirective | string {
  const [, name = '', rest = ''] = /^(\S+)\s*(.*)$/s.exec(text) ?? [];
  const form = FORMS.find((each) => name === `${MARK}-${each}`);
  if (form === undefined) return describeName(name);
  const separator = REASON.exec(rest);
  const head = (separator ? rest.slice(0, separator.index) : rest).trim();
  const tail = separator ? rest.slice(separator.index + separator[0].length).trim() : '';
  const early = UNTIL.exec(head);
  const named = (early ? head.slice(0, early.index) : head).split(/[\s,]+/).filter((word) => word !== '');
  const unknown = named.find((rule) => !rules.includes(rule));
  if (unknown !== undefined) return describeRule(unknown, rules);
  if (form === 'end') return { form, rules: named, reason: '', until: undefined };
  if (named.length === 0) return `${name} names no rule: write the rules behind it`;
  const day = early ?? UNTIL.exec(tail.replace(/[).]+$/, ''));
  const reason = tail.replace(/^[\s:]+/, '');
  if (reason === '' || (day !== null && early === null && reason.slice(0, -day[0].length).trim() === ''))
    return `${name} gives no reason: write -- and the reason behind the rules`;
  const until = day?.[1];
  if (until !== undefined && !isDay(until)) {
    // A reason may end in other words: `until the migration`.
    if (early === null && !/^\d/.test(until)) return { form, rules: named, reason, until: undefined };
    return `'until ${until}' is no day such as 2027-01-31`;
  }
  return { form, rules: named, reason, until };
}

function describeName(name: string): string {
  const forms = FORMS.map((form) => `${MARK}-${form}`);
  const meant = name === MARK || name === `${MARK}-line` ? undefined : suggest(name, forms);
  return `there is no ${name}, did you mean ${meant ?? forms[0]}?`;
}

function describeRule(rule: string, rules: readonly string[]): string {
  const meant = suggest(rule, rules);
  return `there is no rule '${rule}'${meant === undefined ? '; a reason stands behind --' : `, did you mean ${meant}?`}`;
}

/** Whether a text is a day of the calendar. */
export function isDay(text: string): boolean {
  const [, year, month, day] = DAY.exec(text) ?? [];
  if (year === undefined) return false;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}
