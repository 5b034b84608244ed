import type { ApiKnowledge, FlowRule } from '../core/knowledge.js';
import type { Limits } from '../core/limits.js';
import type { TypeOracle } from '../core/type-oracle.js';
import type { ClassIR, FileIR, FunctionIR } from '../ir/file.js';
import type { TrustedFunction } from './trusted.js';

/** Where a specifier leads. */
export type Resolution =
  /** `published`: reached by the name of a package of the project itself, which may be one that models tell of. */
  | { readonly kind: 'file'; readonly file: number; readonly published?: Published }
  /** A package or a built-in module; `specifier` with its subpath, without `node:`. */
  | { readonly kind: 'package'; readonly specifier: string; readonly major: number | undefined }
  | { readonly kind: 'none' };

/** The interface of a package: `specifier` with its subpath. */
export interface Published {
  readonly specifier: string;
  readonly major: number | undefined;
}

export interface ProgramInput {
  /** Sorted by path. */
  readonly files: readonly FileIR[];
  /** For each file, for each of its specifiers. */
  readonly resolutions: readonly (readonly Resolution[])[];
  readonly knowledge: ApiKnowledge;
  readonly rules: readonly FlowRule[];
  readonly limits: Limits;
  /** Files of types without code, made of schemas. */
  readonly schemas?: readonly FileIR[];
  /** Functions that clean what they are given because the user says so. */
  readonly trusted?: readonly TrustedFunction[];
  /** Asked for the types of receivers that nothing else tells of. */
  readonly oracle?: TypeOracle;
}

/**
 * The files of a scan under one numbering: functions, classes and module variables of all files have dense global numbers, in the order of
 * the files and of their tables.
 */
export class Program {
  readonly files: readonly FileIR[];
  readonly knowledge: ApiKnowledge;
  readonly rules: readonly FlowRule[];
  readonly limits: Limits;
  readonly functionCount: number;
  readonly classCount: number;
  readonly variableCount: number;
  /** First global number of each file's functions, classes, variables. */
  readonly functionBase: Int32Array;
  readonly classBase: Int32Array;
  readonly variableBase: Int32Array;
  /** File of each global function and class. */
  readonly functionFile: Int32Array;
  readonly classFile: Int32Array;
  readonly variableFile: Int32Array;
  /** The number of the first file that is a schema; all behind it are. */
  readonly schemasFrom: number;
  readonly #resolutions: readonly (readonly Resolution[])[];

  constructor(input: ProgramInput) {
    this.files = input.schemas ? [...input.files, ...input.schemas] : input.files;
    this.schemasFrom = input.files.length;
    this.knowledge = input.knowledge;
    this.rules = input.rules;
    this.limits = input.limits;
    this.#resolutions = input.resolutions;
    const count = this.files.length;
    this.functionBase = new Int32Array(count + 1);
    this.classBase = new Int32Array(count + 1);
    this.variableBase = new Int32Array(count + 1);
    for (let i = 0; i < count; i++) {
      const file = this.files[i]!;
      this.functionBase[i + 1] = this.functionBase[i]! + file.functions.length;
      this.classBase[i + 1] = this.classBase[i]! + file.classes.length;
      this.variableBase[i + 1] = this.variableBase[i]! + file.variables.length;
    }
    this.functionCount = this.functionBase[count]!;
    this.classCount = this.classBase[count]!;
    this.variableCount = this.variableBase[count]!;
    this.functionFile = owners(this.functionBase);
    this.classFile = owners(this.classBase);
    this.variableFile = owners(this.variableBase);
  }

  fileOf(fn: number): FileIR {
    return this.files[this.functionFile[fn]!]!;
  }

  functionOf(fn: number): FunctionIR {
    const file = this.functionFile[fn]!;
    return this.files[file]!.functions[fn - this.functionBase[file]!]!;
  }

  classOf(cls: number): ClassIR {
    const file = this.classFile[cls]!;
    return this.files[file]!.classes[cls - this.classBase[file]!]!;
  }

  /** The global number of a function of the same file as `fn`, by its index in the file. */
  sibling(fn: number, index: number): number {
    return this.functionBase[this.functionFile[fn]!]! + index;
  }

  /** The global class number of the class that a method belongs to, -1 for none. */
  ownerClass(fn: number): number {
    const index = this.functionOf(fn).classIndex;
    return index < 0 ? -1 : this.classBase[this.functionFile[fn]!]! + index;
  }

  resolution(file: number, specifier: number): Resolution {
    return this.#resolutions[file]?.[specifier] ?? NOWHERE;
  }
}

const NOWHERE: Resolution = { kind: 'none' };

/** The owner of each number, from the first number of each owner. */
function owners(bases: Int32Array): Int32Array {
  const result = new Int32Array(bases[bases.length - 1]!);
  for (let i = 0; i + 1 < bases.length; i++) result.fill(i, bases[i]!, bases[i + 1]!);
  return result;
}
