import { covers } from '../../core/kinds.js';
import type { Flow } from '../flow.js';
import type { Item } from './item.js';
import type { StaticValues } from './static-values.js';

/** Programs that run what they read. */
const INTERPRETERS =
  /(?:^|[/\\])(?:sh|bash|zsh|dash|ksh|fish|cmd|powershell|pwsh|python\d*(?:\.\d+)?|node|deno|bun|perl|ruby|php|osascript|psql|mysql|sqlite3)(?:\.exe)?$/;

/** What a flow goes into: the input of an interpreter, of a program that is known to be none, of one of which nothing is known, or no input. */
export function inputOf(values: StaticValues, { sink }: Flow): 'interpreter' | 'plain' | 'unknown' | 'none' {
  if (!covers('shell.input', sink.kind)) return 'none';
  const { code } = values.program.fileOf(sink.function);
  const pc = values.index(sink.function).calls.find((each) => code[each + 1] === sink.start);
  const items = pc === undefined ? [] : values.owner(sink.function, code[pc + 5]!);
  const programs = items.map((item) => programOf(values, item));
  if (programs.some((program) => program !== undefined && INTERPRETERS.test(program))) return 'interpreter';
  return programs.length > 0 && programs.every((program) => program !== undefined) ? 'plain' : 'unknown';
}

/** The program that a call starts: `spawn('bash')`, `exec('wc -l')`. */
function programOf(values: StaticValues, item: Item): string | undefined {
  if (item.kind !== 'call') return undefined;
  const programs = values.argument(item.place, 0);
  const [program] = programs;
  return programs.length === 1 && program?.kind === 'text' ? program.text.trim().split(/\s/)[0] : undefined;
}
