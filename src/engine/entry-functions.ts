import { CALL_ARGUMENTS, Op } from '../ir/instruction.js';
import type { ExportTable } from './exports.js';
import type { Program } from './program.js';

/** The functions that a convention of a framework calls. */
export function entryFunctions(
  program: Program,
  exports: ExportTable,
  entry: Program['knowledge']['entries'][number],
): number[] {
  if (entry.classes) return overridingMethods(program, exports, entry.classes);
  if (entry.named) return functionsWithParameters(program, entry.named);
  if (entry.assigned) return assignedFunctions(program, entry.assigned);
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

/** The functions whose first parameters have these names. */
function functionsWithParameters(program: Program, names: readonly string[]): number[] {
  return program.files.flatMap((file, index) =>
    file.functions.flatMap(({ params }, fn) =>
      names.every((name, i) => params[i]?.name === name) ? [program.functionBase[index]! + fn] : [],
    ),
  );
}

/** The functions that are assigned to a member: `app.ontoolinput = (params) => …`, also wrapped by a call, by a name of this function or of one around it. */
function assignedFunctions(
  program: Program,
  { packages, members }: NonNullable<Program['knowledge']['entries'][number]['assigned']>,
): number[] {
  const result = new Set<number>();
  program.files.forEach((file, index) => {
    const keys = members.map((member) => file.strings.indexOf(member)).filter((key) => key >= 0);
    if (keys.length === 0) return;
    if (!file.specifiers.some(({ text }) => packages.some((each) => isWithin(each, text)))) return;
    const slots = new Slots(program, index);
    file.functions.forEach(({ blocks }, own) => {
      const end = blocks[blocks.length - 1]!;
      for (let pc = blocks[0] ?? end; pc < end; pc += file.code[pc]! >>> 8) {
        if ((file.code[pc]! & 255) !== Op.Store || !keys.includes(file.code[pc + 4]!)) continue;
        for (const fn of slots.functions(own, file.code[pc + 5]!)) result.add(fn);
      }
    });
  });
  return [...result].sort((a, b) => a - b);
}

/** Steps from a name to the function that it stands for. */
const HOPS = 6;

/** Which functions stand in the slots of a file's functions, by what is written there. */
class Slots {
  readonly #definitions = new Map<number, Map<number, number>>();

  constructor(
    private readonly program: Program,
    private readonly index: number,
  ) {}

  functions(own: number, slot: number, hops = 0): number[] {
    const { code, functions } = this.program.files[this.index]!;
    const pc = this.#of(own).get(slot);
    if (hops > HOPS) return [];
    if (pc === undefined) {
      const capture = functions[own]!.captures.findIndex((each) => each.slot === slot);
      const outer = functions[own]!.parent;
      const made = capture < 0 || outer < 0 ? undefined : this.#closure(outer, own);
      return made === undefined ? [] : this.functions(outer, code[made + 5 + capture]!, hops + 1);
    }
    switch (code[pc]! & 255) {
      case Op.Closure:
        return [this.program.functionBase[this.index]! + code[pc + 4]!];
      case Op.Copy:
        return this.functions(own, code[pc + 4]!, hops + 1);
      case Op.LoadVariable:
        return storedFunctions(this.program, this.program.variableBase[this.index]! + code[pc + 4]!);
      case Op.Call: {
        const end = pc + (code[pc]! >>> 8);
        return [...code.slice(pc + CALL_ARGUMENTS, end)].flatMap((each) => this.functions(own, each, hops + 1));
      }
      default:
        return [];
    }
  }

  #closure(outer: number, inner: number): number | undefined {
    const { code } = this.program.files[this.index]!;
    return [...this.#of(outer).values()].find((pc) => (code[pc]! & 255) === Op.Closure && code[pc + 4] === inner);
  }

  /** Where each slot of a function is written, the first place. */
  #of(own: number): Map<number, number> {
    let found = this.#definitions.get(own);
    if (found) return found;
    found = new Map();
    this.#definitions.set(own, found);
    const { code, functions } = this.program.files[this.index]!;
    const { blocks } = functions[own]!;
    const end = blocks[blocks.length - 1]!;
    for (let pc = blocks[0] ?? end; pc < end; pc += code[pc]! >>> 8)
      if (WRITING.has(code[pc]! & 255) && !found.has(code[pc + 3]!)) found.set(code[pc + 3]!, pc);
    return found;
  }
}

/** The instructions through which functions are followed; their first operand is what they write. */
const WRITING: ReadonlySet<number> = new Set([Op.Closure, Op.Copy, Op.LoadVariable, Op.Call]);

/** The methods of own classes that extend, directly or through own classes, a class of a package. */
function overridingMethods(
  program: Program,
  exports: ExportTable,
  { packages, names, methods }: NonNullable<Program['knowledge']['entries'][number]['classes']>,
): number[] {
  const result: number[] = [];
  for (let cls = 0; cls < program.classCount; cls++) {
    if (!extendsPackageClass(program, exports, cls, packages, names)) continue;
    const base = program.functionBase[program.classFile[cls]!]!;
    for (const method of program.classOf(cls).methods)
      if (!method.isStatic && methods.includes(method.name)) result.push(base + method.function);
  }
  return result;
}

/** Superclasses that are looked at. */
const LINEAGE = 8;

/** Whether a class extends, directly or through own classes, one of the named classes of one of the packages. */
export function extendsPackageClass(
  program: Program,
  exports: ExportTable,
  cls: number,
  packages: readonly string[],
  names: readonly string[],
): boolean {
  let at = cls;
  for (let hops = 0; hops < LINEAGE; hops++) {
    const { superType } = program.classOf(at);
    if (superType?.kind !== 'reference') return false;
    const name = superType.name[superType.name.length - 1]!;
    const file = program.classFile[at]!;
    let next = -1;
    if (superType.import >= 0) {
      const published = exports.published(file, superType.import);
      if (published && names.includes(name) && packages.some((each) => isWithin(each, published.specifier)))
        return true;
      const binding = exports.imported(file, superType.import);
      if (binding?.kind === 'package')
        return names.includes(name) && packages.some((each) => isWithin(each, binding.specifier));
      if (binding?.kind === 'variable') next = classOfVariable(program, binding.variable);
    } else {
      next = program.files[file]!.classes.findIndex((each) => each.name === name);
      if (next >= 0) next += program.classBase[file]!;
    }
    if (next < 0 || next === at) return false;
    at = next;
  }
  return false;
}

function isWithin(name: string, specifier: string): boolean {
  return specifier === name || specifier.startsWith(`${name}/`);
}

/** The class that a module variable of that name declares. */
function classOfVariable(program: Program, variable: number): number {
  const file = program.variableFile[variable]!;
  const { name, start } = program.files[file]!.variables[variable - program.variableBase[file]!]!;
  const { classes } = program.files[file]!;
  let index = classes.findIndex((each) => each.name === name);
  if (index < 0) index = classes.findIndex((each) => each.start === start);
  return index < 0 ? -1 : program.classBase[file]! + index;
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
    .replace(/\*\*\/?|\*|\?/g, (m) => (m === '**/' ? '(?:.*/)?' : m === '**' ? '.*' : m === '*' ? '[^/]*' : '[^/]'))
    // Last, so that the question marks of the expression itself stay what they are.
    .replace(/\{([^}]*)\}/g, (_, list: string) => `(?:${list.split(',').join('|')})`);

/** A glob over POSIX paths as an expression: `**`, `*`, `?`, `{a,b}`. */
export function globExpression(glob: string): RegExp {
  return new RegExp(`^${globs(glob)}$`);
}
