import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import ts from 'typescript';

/** A TypeScript or JavaScript file of the fixtures as a CommonJS module, with the map that leads back to its lines. */
export function compileTypeScript(file: string): { code: string; map: SourceMap } {
  const { outputText, sourceMapText } = ts.transpileModule(readFileSync(file, 'utf8'), {
    fileName: file,
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
      experimentalDecorators: true,
      sourceMap: true,
    },
  });
  return { code: outputText, map: new SourceMap(JSON.parse(sourceMapText ?? '{}')) };
}
