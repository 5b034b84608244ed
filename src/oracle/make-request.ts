import type { MemberPlace } from '../core/type-oracle.js';
import type { FileIR } from '../ir/file.js';
import type { CompilerFile, CompilerImport, CompilerRequest } from './request.js';

/** Where a specifier leads, as the scan has resolved it. */
export type Target =
  | { readonly kind: 'file'; readonly file: number }
  | { readonly kind: 'package'; readonly specifier: string; readonly major: number | undefined }
  | { readonly kind: 'none' };

/** The program that the oracle is asked about. */
export interface OracleSource {
  readonly files: readonly FileIR[];
  /** For each file, for each of its specifiers. */
  readonly targets: readonly (readonly Target[])[];
  /** The text of a file, by its path. */
  readonly text: (path: string) => string | undefined;
  /** Files that the compiler is given at most. */
  readonly limit: number;
}

/** Files that the compiler can read as they are. */
const READABLE = /\.([cm]?[jt]s|[jt]sx)$/;
const IDENTIFIER = /^[\p{ID_Start}_$][\p{ID_Continue}$]*$/u;

/**
 * The files that the compiler needs to tell of types at some places: those of the places, and what they import, the nearest first, until there
 * are `limit` of them. `isWhole` is false where some were left out; `chosen` holds their numbers in the program.
 */
export function makeRequest(
  source: OracleSource,
  places: readonly MemberPlace[],
): { readonly request: CompilerRequest; readonly chosen: readonly number[]; readonly isWhole: boolean } {
  const { chosen, isWhole } = reachable(source, [...new Set(places.map(({ file }) => file))]);
  const numbers = new Map(chosen.map((file, i) => [file, i]));
  const packages = new Map<
    string,
    { readonly index: number; readonly major: number | undefined; names: Set<string> }
  >();
  const toImport = (target: Target | undefined): CompilerImport | undefined => {
    if (target?.kind === 'file') {
      const index = numbers.get(target.file);
      return index === undefined ? undefined : { kind: 'file', index };
    }
    if (target?.kind !== 'package') return undefined;
    const { specifier, major } = target;
    const known = packages.get(specifier) ?? { index: packages.size, major, names: new Set() };
    packages.set(specifier, known);
    return { kind: 'package', index: known.index };
  };
  const files = chosen.map((file): CompilerFile => {
    const { path, specifiers, imports, exports } = source.files[file]!;
    const targets = source.targets[file]!;
    const led = specifiers.map(({ text }, i) => [text, toImport(targets[i])] as const);
    for (const row of [...imports, ...exports]) {
      if ('kind' in row && row.kind !== 'from') continue;
      const target = targets[row.specifier];
      const name = 'kind' in row ? row.imported : row.name;
      if (target?.kind === 'package' && name !== 'default' && IDENTIFIER.test(name))
        packages.get(target.specifier)!.names.add(name);
    }
    return {
      path,
      text: source.text(path) ?? '',
      imports: Object.fromEntries(led.filter((row): row is [string, CompilerImport] => row[1] !== undefined)),
    };
  });
  const imported = [...packages].map(([specifier, { major, names }]) => ({
    specifier,
    major,
    names: [...names].sort(),
  }));
  const asked = places.map(({ file, start, end }) => ({ file: numbers.get(file) ?? -1, start, end }));
  return { request: { files, packages: imported, places: asked }, chosen, isWhole };
}

/** What is asked about first, so that a bound cuts off what is furthest from it. In the order of the program's files. */
function reachable(
  { files, targets, limit }: OracleSource,
  asked: readonly number[],
): { readonly chosen: readonly number[]; readonly isWhole: boolean } {
  const found = new Set<number>();
  let isWhole = true;
  const add = (file: number): void => {
    if (found.has(file) || !READABLE.test(files[file]!.path)) return;
    if (found.size < limit) found.add(file);
    else isWhole = false;
  };
  asked.forEach(add);
  for (const file of found) for (const target of targets[file]!) if (target.kind === 'file') add(target.file);
  return { chosen: [...found].sort((a, b) => a - b), isWhole };
}
