/** Small steps over a text, shared by the readers of names and values. All are bounded. */

const BLANKS_LIMIT = 200;

export function skipBlanks(text: string, from: number): number {
  let at = from;
  while (at - from < BLANKS_LIMIT && (text[at] === ' ' || text[at] === '\t')) at++;
  return at;
}

export function skipSpace(text: string, from: number): number {
  let at = from;
  while (at - from < BLANKS_LIMIT && (text[at] === ' ' || text[at] === '\t' || text[at] === '\n' || text[at] === '\r'))
    at++;
  return at;
}

export function isQuote(character: string | undefined): boolean {
  return character === '"' || character === "'" || character === '`';
}

/** The offset behind a match of a sticky expression at `at`; undefined without one. */
export function match(expression: RegExp, text: string, at: number): number | undefined {
  expression.lastIndex = at;
  return expression.test(text) ? expression.lastIndex : undefined;
}
