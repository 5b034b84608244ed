import { CALL_ARGUMENTS, Op } from '../ir/instruction.js';
import type { ExportTable } from './exports.js';
import type { Program } from './program.js';

/** The functions that a convention of a framework calls. */
export function entryFunctions(
  program: Program,
  exports: ExportTable,
  entry: Program['knowledge']['entries'][number],
): number[] {
  const pattern = globExpression(entry.files);
  const result: number[] = [];
  for (let file = 0; file < program.files.length; file++) {
    const ir = program.files[file]!;
    if (!pattern.test(ir.path)) continue;
    const moduleWide = !entry.directive || ir.directives.includes(entry.directive);
    if (moduleWide) {
      const names = entry.exports.includes('*')
        ? ir.exports.flatMap((e) => (e.kind === 'variable' ? [e.name] : []))
        : entry.exports;
      for (const name of names) {
        const binding = exports.find(file, name);
        if (binding?.kind === 'variable') result.push(...storedFunctions(program, binding.variable));
      }
    }
    if (!entry.directive || moduleWide) continue;
    ir.functions.forEach((fn, i) => {
      if (fn.directives.includes(entry.directive!)) result.push(program.functionBase[file]! + i);
    });
  }
  return result;
}

/** The functions that a module's top-level code stores into a variable, directly. */
function storedFunctions(program: Program, variable: number): number[] {
  const file = program.variableFile[variable]!;
  const { code, functions } = program.files[file]!;
  const { blocks } = functions[0]!;
  const closures = new Map<number, number>();
  const result: number[] = [];
  const end = blocks[blocks.length - 1]!;
  for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8) {
    const op = code[pc]! & 255;
    if (op === Op.Closure) closures.set(code[pc + 3]!, code[pc + 4]!);
    else if (op === Op.Copy && closures.has(code[pc + 4]!)) closures.set(code[pc + 3]!, closures.get(code[pc + 4]!)!);
    else if (op === Op.Call) {
      // `export const POST = withAuth(async (req) => …)`: the wrapped function is the entry too.
      for (let i = pc + CALL_ARGUMENTS; i < pc + (code[pc]! >>> 8); i++) {
        const inner = closures.get(code[i]!);
        if (inner !== undefined) closures.set(code[pc + 3]!, inner);
      }
    } else if (op === Op.StoreVariable && code[pc + 3]! === variable - program.variableBase[file]!) {
      const fn = closures.get(code[pc + 4]!);
      if (fn !== undefined) result.push(program.functionBase[file]! + fn);
    }
  }
  return result;
}

const globs = (glob: string): string =>
  glob
    .replace(/[.+^$()|[\]\\]/g, '\\$&')
    .replace(/\{([^}]*)\}/g, (_, list: string) => `(?:${list.split(',').join('|')})`)
    .replace(/\*\*\/?|\*|\?/g, (m) => (m === '**/' ? '(?:.*/)?' : m === '**' ? '.*' : m === '*' ? '[^/]*' : '[^/]'));

/** A glob over POSIX paths as an expression: `**`, `*`, `?`, `{a,b}`. */
export function globExpression(glob: string): RegExp {
  return new RegExp(`^${globs(glob)}$`);
}
