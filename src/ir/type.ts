/** A written type, kept as far as the analysis can use it. Anything else is `unknown`. */
export type TypeNode =
  /** A name, dotted parts in order; `import` is the index into `FileIR.imports` of its first part, NONE for local or global names. */
  | {
      readonly kind: 'reference';
      readonly name: readonly string[];
      readonly import: number;
      readonly args: readonly TypeNode[];
    }
  | { readonly kind: 'object'; readonly members: readonly TypeMember[] }
  | { readonly kind: 'array'; readonly element: TypeNode }
  | { readonly kind: 'tuple'; readonly elements: readonly TypeNode[] }
  | { readonly kind: 'union' | 'intersection'; readonly types: readonly TypeNode[] }
  | { readonly kind: 'literal'; readonly value: string }
  /** string, number, boolean, any, unknown, void, null, undefined, never, bigint, symbol, object */
  | { readonly kind: 'primitive'; readonly name: string }
  | { readonly kind: 'function'; readonly params: readonly TypeNode[]; readonly result: TypeNode }
  /** `typeof x`, `z.infer<typeof x>` is a reference with this argument. */
  | { readonly kind: 'query'; readonly name: readonly string[]; readonly import: number }
  /** `T['key']` */
  | { readonly kind: 'index'; readonly object: TypeNode; readonly key: string }
  | { readonly kind: 'unknown' };

/** The name of the reference whose arguments are the type arguments of a call: `get<User>(…)`. */
export const TYPE_ARGUMENTS = '%arguments';

export interface TypeMember {
  readonly name: string;
  readonly type: TypeNode;
  readonly optional: boolean;
  /** The member's comment, where it holds an `@` tag. */
  readonly tags?: string;
  readonly start: number;
  readonly end: number;
}

/** `interface`, `type` and `enum` declarations; classes are `ClassIR`. */
export interface TypeDeclaration {
  readonly kind: 'interface' | 'alias' | 'enum';
  readonly name: string;
  readonly exported: boolean;
  readonly parameters: readonly string[];
  readonly extends: readonly TypeNode[];
  readonly type: TypeNode;
  readonly tags?: string;
  readonly start: number;
  readonly end: number;
}
