import { Project, ts } from 'ts-morph';
import type { MemberPlace } from '../core/type-oracle.js';
import { declarationOf, exportedName } from './declarations.js';
import { namesOfType } from './names-of-type.js';
import type { CompilerAnswer, CompilerRequest, DeclaredName } from './request.js';

const OPTIONS: ts.CompilerOptions = {
  allowJs: true,
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  esModuleInterop: true,
  jsx: ts.JsxEmit.Preserve,
  experimentalDecorators: true,
  lib: ['lib.es2022.d.ts'],
  types: [],
};
const FILE = /^\/(own|packages)\/(\d+)\//;

/** One run of the compiler, over files in memory. */
export function compile({ files, packages, places }: CompilerRequest): CompilerAnswer {
  const filePaths = files.map(({ path }, i) => `/own/${i}/${path}`);
  const packagePaths = packages.map((_, i) => `/packages/${i}/index.d.ts`);
  const resolve = (name: string, from: string): ts.ResolvedModule | undefined => {
    const [, folder, index] = FILE.exec(from) ?? [];
    const target = folder === 'own' ? files[Number(index)]?.imports[name] : undefined;
    if (!target) return undefined;
    return { resolvedFileName: (target.kind === 'file' ? filePaths : packagePaths)[target.index]! };
  };
  const project = new Project({
    useInMemoryFileSystem: true,
    compilerOptions: OPTIONS,
    resolutionHost: () => ({ resolveModuleNames: (names, from) => names.map((name) => resolve(name, from)) }),
  });
  for (const [i, each] of packages.entries()) project.createSourceFile(packagePaths[i]!, declarationOf(each));
  for (const [i, { text }] of files.entries()) project.createSourceFile(filePaths[i]!, text);
  const program = project.getProgram().compilerObject;
  const checker = program.getTypeChecker();
  return places.map((place) => {
    const file = program.getSourceFile(filePaths[place.file] ?? '');
    const receiver = file && receiverAt(file, place);
    if (!receiver) return [];
    return namesOfType(checker.getTypeAtLocation(receiver), checker).flatMap(({ path, name }): DeclaredName[] => {
      const [, folder, at] = FILE.exec(path) ?? [];
      const index = Number(at);
      if (folder === 'own') return [{ kind: 'file', index, name }];
      const exported = folder === 'packages' ? exportedName(packages[index]!, name) : undefined;
      return exported === undefined ? [] : [{ kind: 'package', index, name: exported }];
    });
  });
}

/** The expression of which a member is read at a place. */
function receiverAt(file: ts.SourceFile, { start, end }: MemberPlace): ts.Expression | undefined {
  const visit = (node: ts.Node): ts.Expression | undefined => {
    if (node.pos > start || node.end < end) return undefined;
    if (ts.isPropertyAccessExpression(node) && node.end === end && node.getStart(file) === start)
      return node.expression;
    return ts.forEachChild(node, visit);
  };
  return visit(file);
}
