import type { ImportedPackage } from './request.js';

/**
 * What stands for the typings of a package, which need not be installed: each name that is imported is a class of its own kind, of which
 * nothing but the name is known. So a type keeps its name on its way through the program's own types.
 */
export function declarationOf({ names }: ImportedPackage): string {
  const lines = names.map((name, i) => `declare class _${i}${BODY}\nexport { _${i} as ${name} };`);
  return [...lines, `export default class ${DEFAULT}${BODY}`, ''].join('\n');
}

/** The name under which a package exports the class that `declarationOf` calls `declared`; undefined for no such class. */
export function exportedName({ names }: ImportedPackage, declared: string): string | undefined {
  return declared === DEFAULT ? 'default' : names[Number(declared.slice(1))];
}

const DEFAULT = '_default';
/** Any number of type arguments; what is private keeps two such classes apart. */
const BODY =
  '<A = any, B = any, C = any, D = any> { constructor(...given: any[]); private readonly own: [A, B, C, D]; }';
