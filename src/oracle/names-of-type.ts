import { ts } from 'ts-morph';

/** A declared type: the path that the compiler knows its file by, and its name there. */
export interface DeclaredType {
  readonly path: string;
  readonly name: string;
}

/** The classes and interfaces that a value of a type may be an instance of: the parts of unions and intersections, the bounds of parameters. */
export function namesOfType(type: ts.Type, checker: ts.TypeChecker): readonly DeclaredType[] {
  if (type.isUnionOrIntersection()) return type.types.flatMap((part) => namesOfType(part, checker));
  if (type.flags & ts.TypeFlags.TypeParameter) {
    const bound = checker.getBaseConstraintOfType(type);
    return bound && bound !== type ? namesOfType(bound, checker) : [];
  }
  for (const declaration of type.getSymbol()?.declarations ?? []) {
    if (!ts.isClassLike(declaration) && !ts.isInterfaceDeclaration(declaration)) continue;
    if (declaration.name) return [{ path: declaration.getSourceFile().fileName, name: declaration.name.text }];
  }
  return [];
}
