import type { TypeNode } from '../ir/type.js';
import type { Program } from './program.js';
import type { DeclaredType } from './type-shape.js';

/** Modules whose types are made from a schema of the project: generated clients. */
const GENERATED = /prisma|generated/;

/** The entities that schema files describe, by name. */
export class EntityTable {
  readonly #byName = new Map<string, DeclaredType[]>();
  readonly #byLowerName = new Map<string, DeclaredType[]>();

  constructor(private readonly program: Program) {
    for (let file = program.schemasFrom; file < program.files.length; file++) {
      for (const { name } of program.files[file]!.types) {
        const node: TypeNode = { kind: 'reference', name: [name], import: -1, args: [] };
        const type: DeclaredType = { file, node, bindings: undefined };
        append(this.#byName, name, type);
        append(this.#byLowerName, name.toLowerCase(), type);
      }
    }
  }

  /** The entity of a name, in the schema that lies nearest to a file. */
  find(name: string, near: number): DeclaredType | undefined {
    const candidates = this.#byName.get(name) ?? this.#byLowerName.get(name.toLowerCase());
    if (!candidates || candidates.length === 1) return candidates?.[0];
    const { files } = this.program;
    const from = files[near]!.path;
    let best = candidates[0]!;
    for (const candidate of candidates)
      if (commonFolders(files[candidate.file]!.path, from) > commonFolders(files[best.file]!.path, from))
        best = candidate;
    return best;
  }

  /** The entity that a written type names, where the type is generated from a schema and not part of the project. */
  ofReference(file: number, node: TypeNode & { kind: 'reference' }): DeclaredType | undefined {
    if (this.#byName.size === 0 || node.import < 0) return undefined;
    const { program } = this;
    const row = program.files[file]!.imports[node.import]!;
    const target = program.resolution(file, row.specifier);
    if (target.kind === 'file' || (target.kind === 'package' && !GENERATED.test(target.specifier))) return undefined;
    const [first = '', second] = node.name;
    const imported = row.name === '*' || row.name === 'default' ? (second ?? first) : row.name;
    // `Prisma.UserGetPayload<…>`
    const name = imported === 'Prisma' && second ? second.replace(/GetPayload$|Payload$/, '') : imported;
    return this.#byName.has(name) ? this.find(name, file) : undefined;
  }
}

function commonFolders(a: string, b: string): number {
  const left = a.split('/');
  const right = b.split('/');
  let count = 0;
  while (count < left.length - 1 && left[count] === right[count]) count++;
  return count;
}

function append(map: Map<string, DeclaredType[]>, key: string, type: DeclaredType): void {
  const list = map.get(key);
  if (list) list.push(type);
  else map.set(key, [type]);
}
