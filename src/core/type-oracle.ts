/** A type by the name under which it can be imported from a package, or under which a file of the scan declares it. */
export type NamedType =
  | {
      readonly kind: 'package';
      /** With its subpath. */
      readonly specifier: string;
      readonly major: number | undefined;
      readonly name: string;
    }
  | { readonly kind: 'own'; readonly file: number; readonly name: string };

/** Where a member is read: `receiver.key`, offsets in UTF-16 units; files are numbered as in the program. */
export interface MemberPlace {
  readonly file: number;
  readonly start: number;
  readonly end: number;
}

/** What infers the types that nobody has written. It may be slow: it is asked once, about everything. */
export interface TypeOracle {
  /** For each place the types that the receiver may have; an empty list where it cannot tell. */
  receiversAt(places: readonly MemberPlace[]): readonly (readonly NamedType[])[];
}
