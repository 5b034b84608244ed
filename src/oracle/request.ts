import type { MemberPlace } from '../core/type-oracle.js';

/** What the compiler is given, as plain data: it runs in a thread of its own. */
export interface CompilerRequest {
  readonly files: readonly CompilerFile[];
  readonly packages: readonly ImportedPackage[];
  /** `file` is an index into `files` here. */
  readonly places: readonly MemberPlace[];
}

export interface CompilerFile {
  /** POSIX path relative to the scan root. */
  readonly path: string;
  readonly text: string;
  /** What its specifiers lead to: an index into `files` or `packages`; specifiers that lead nowhere are left out. */
  readonly imports: Readonly<Record<string, CompilerImport>>;
}

export interface CompilerImport {
  readonly kind: 'file' | 'package';
  readonly index: number;
}

/** A package of which some names are imported. */
export interface ImportedPackage {
  readonly specifier: string;
  readonly major: number | undefined;
  /** The names that files import, without `default`; sorted. */
  readonly names: readonly string[];
}

/** A type by its name, and the file that declares it or the package that exports it. */
export interface DeclaredName extends CompilerImport {
  readonly name: string;
}

/** For each place the types that its receiver may have. */
export type CompilerAnswer = readonly (readonly DeclaredName[])[];
