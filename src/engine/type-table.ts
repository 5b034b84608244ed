import type { ApiState } from '../core/knowledge.js';
import type { TypeDeclaration, TypeNode } from '../ir/type.js';
import type { Binding, ExportTable } from './exports.js';
import type { Program } from './program.js';

/** What a written type says about a value's behaviour: instances of own classes and of modelled interfaces. */
export interface TypeMeaning {
  readonly classes: readonly number[];
  readonly states: readonly ApiState[];
}

const NO_MEANING: TypeMeaning = { classes: [], states: [] };
/** Wrappers that are transparent to what can be called on the value. */
const TRANSPARENT = new Set([
  'Promise',
  'Awaited',
  'Readonly',
  'Required',
  'Partial',
  'NonNullable',
  'DeepPartial',
  'Omit',
  'Pick',
  'InstanceType',
  'MutableRefObject',
  'RefObject',
  'Ref',
  'Mocked',
  'Type',
  'PromiseLike',
  'Observable',
]);

/** Resolves written types to own classes (through interfaces, to what implements them) and to API states. */
export class TypeTable {
  /** Own classes by file and name. */
  readonly #classes = new Map<string, number>();
  /** Classes that implement an interface, by the interface's file and name. */
  readonly #implementations = new Map<string, number[]>();

  constructor(
    private readonly program: Program,
    private readonly exports: ExportTable,
  ) {
    for (let file = 0; file < program.files.length; file++) {
      const { classes } = program.files[file]!;
      for (let i = classes.length - 1; i >= 0; i--) {
        if (classes[i]!.name) this.#classes.set(`${file}\0${classes[i]!.name}`, program.classBase[file]! + i);
      }
    }
    for (let cls = 0; cls < program.classCount; cls++) {
      const file = program.classFile[cls]!;
      for (const type of program.classOf(cls).implementsTypes) {
        const key = this.#declaration(file, type);
        if (key) append(this.#implementations, key, cls);
      }
    }
  }

  meaning(file: number, type: TypeNode | undefined, depth = 0): TypeMeaning {
    if (!type || depth > 4) return NO_MEANING;
    switch (type.kind) {
      case 'reference':
        return this.#reference(file, type, depth);
      case 'union':
      case 'intersection': {
        const parts = type.types.map((part) => this.meaning(file, part, depth + 1));
        return { classes: parts.flatMap((p) => p.classes), states: parts.flatMap((p) => p.states) };
      }
      case 'query':
        return NO_MEANING;
      default:
        return NO_MEANING;
    }
  }

  #reference(file: number, type: TypeNode & { kind: 'reference' }, depth: number): TypeMeaning {
    const inner = this.transparent(type);
    if (inner) return this.meaning(file, inner, depth + 1);
    const binding = type.import >= 0 ? this.exports.imported(file, type.import) : undefined;
    if (binding?.kind === 'package') return this.instanceOf(binding, type.name.slice(1));
    const published = type.import >= 0 ? this.exports.published(file, type.import) : undefined;
    if (published) {
      const own = this.#ownReference(file, type, binding, depth);
      return { ...own, states: [...own.states, ...this.instanceOf(published, type.name.slice(1)).states] };
    }
    return this.#ownReference(file, type, binding, depth);
  }

  /** What a wrapper wraps that is transparent to what can be called on it; undefined for other types. */
  transparent({ name, args, import: from }: TypeNode & { kind: 'reference' }): TypeNode | undefined {
    return from < 0 && TRANSPARENT.has(name[0]!) ? args[0] : undefined;
  }

  #ownReference(
    file: number,
    type: TypeNode & { kind: 'reference' },
    binding: Binding | undefined,
    depth: number,
  ): TypeMeaning {
    const name = type.name[0]!;
    const place = this.#place(file, type, binding);
    if (!place) {
      if (type.import >= 0 || type.name.length !== 1) return NO_MEANING;
      const knowledge = this.program.knowledge;
      const state = knowledge.construct(knowledge.global(name));
      return state ? { classes: [], states: [state] } : NO_MEANING;
    }
    const own = this.#classes.get(place.key);
    if (own !== undefined) return { classes: [own], states: [] };
    const implementations = this.#implementations.get(place.key);
    const declaration = this.declarationAt(place);
    if (!declaration) return NO_MEANING;
    const found: TypeMeaning[] = [];
    if (implementations && implementations.length <= this.program.limits.targetsPerCall) {
      found.push({ classes: implementations, states: [] });
    }
    if (declaration.kind === 'alias') found.push(this.meaning(place.file, declaration.type, depth + 1));
    for (const base of declaration.extends) {
      const { states } = this.meaning(place.file, base, depth + 1);
      if (states.length > 0) found.push({ classes: [], states });
    }
    return { classes: found.flatMap((f) => f.classes), states: found.flatMap((f) => f.states) };
  }

  /** What an instance is of an export of a package, or of a member of that export. */
  instanceOf(binding: Omit<Binding & { kind: 'package' }, 'kind'>, members: readonly string[] = []): TypeMeaning {
    const knowledge = this.program.knowledge;
    let state = knowledge.module(binding.specifier, binding.major);
    if (binding.name !== '*') state = knowledge.member(state, binding.name);
    for (const member of members) state = knowledge.member(state, member);
    state = knowledge.construct(state);
    return state ? { classes: [], states: [state] } : NO_MEANING;
  }

  /** The file and name under which a referenced own type is declared. */
  #place(
    file: number,
    type: TypeNode & { kind: 'reference' },
    binding: Binding | undefined,
  ): { key: string; file: number; name: string } | undefined {
    let owner = file;
    let name = type.name[type.name.length - 1]!;
    if (type.import >= 0) {
      const row = this.program.files[file]!.imports[type.import]!;
      const target = this.program.resolution(file, row.specifier);
      if (binding?.kind === 'variable') {
        owner = this.program.variableFile[binding.variable]!;
        const variable = this.program.files[owner]!.variables[binding.variable - this.program.variableBase[owner]!]!;
        name = variable.kind === 'default' ? (this.#defaultName(owner) ?? variable.name) : variable.name;
      } else if (target.kind === 'file') {
        if (type.name.length === 1)
          name = row.name === 'default' ? (this.#defaultName(target.file) ?? row.name) : row.name;
        const found = this.#typeExport(target.file, name, 0);
        if (found === undefined) return undefined;
        owner = found;
      } else return undefined;
    }
    const key = `${owner}\0${name}`;
    if (this.#classes.has(key) || this.program.files[owner]!.types.some((t) => t.name === name))
      return { key, file: owner, name };
    return undefined;
  }

  #defaultName(file: number): string | undefined {
    const ir = this.program.files[file]!;
    const row = ir.exports.find((e) => e.kind === 'variable' && e.name === 'default');
    if (row?.kind !== 'variable') return undefined;
    const { name, start, end } = ir.variables[row.variable]!;
    return ir.classes.find((c) => c.name === name || (c.start >= start && c.end <= end && end > start))?.name ?? name;
  }

  /** The file that declares the type `name` that `file` exports, through barrels. */
  #typeExport(file: number, name: string, depth: number): number | undefined {
    const ir = this.program.files[file]!;
    if (this.#classes.has(`${file}\0${name}`) || ir.types.some((t) => t.name === name)) return file;
    if (depth > 8) return undefined;
    for (const row of ir.exports) {
      if (row.kind === 'variable') continue;
      if (row.kind === 'from' && row.name !== name) continue;
      const target = this.program.resolution(file, row.specifier);
      if (target.kind !== 'file' || target.file === file) continue;
      const found = this.#typeExport(target.file, row.kind === 'from' ? row.imported : name, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #declaration(file: number, type: TypeNode): string | undefined {
    return type.kind === 'reference' ? this.placeOf(file, type)?.key : undefined;
  }

  /** Where the own type that a reference names is declared; undefined for the types of packages and of the language. */
  placeOf(
    file: number,
    type: TypeNode & { kind: 'reference' },
  ): { readonly key: string; readonly file: number; readonly name: string } | undefined {
    const binding = type.import >= 0 ? this.exports.imported(file, type.import) : undefined;
    return binding?.kind === 'package' ? undefined : this.#place(file, type, binding);
  }

  /** The interface, alias or enumeration that stands at a place; undefined for classes. */
  declarationAt({ file, name }: { readonly file: number; readonly name: string }): TypeDeclaration | undefined {
    return this.program.files[file]!.types.find((each) => each.name === name);
  }

  /** The own class that a file declares under a name, -1 for none. */
  classAt(file: number, name: string): number {
    return this.#classes.get(`${file}\0${name}`) ?? -1;
  }
}

function append(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
