import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/core/diagnostic.js';
import { DEFAULT_LIMITS } from '../../src/core/limits.js';
import { lowerFile } from '../../src/frontend/js/lower-file.js';
import { compile } from '../../src/oracle/compile.js';
import { runCompiler } from '../../src/oracle/run-compiler.js';
import { createTypeOracle, type Target } from '../../src/oracle/type-oracle.js';

/** Asks for the receiver of each `receiver.key` of a text; relative specifiers are files of the program, `./a` is `a.ts`. */
function ask(
  texts: Readonly<Record<string, string>>,
  members: readonly string[],
  limit = 100,
  run: typeof runCompiler = (request) => ({ answer: compile(request) }),
) {
  const paths = Object.keys(texts).sort();
  const files = paths.map((path) => lowerFile(path, texts[path]!, DEFAULT_LIMITS));
  const targets = files.map(({ specifiers }) =>
    specifiers.map(({ text }): Target => {
      const file = paths.indexOf(`${text.slice(2)}.ts`);
      if (file >= 0) return { kind: 'file', file };
      return text.startsWith('.') ? { kind: 'none' } : { kind: 'package', specifier: text, major: 4 };
    }),
  );
  const diagnostics: Diagnostic[] = [];
  const oracle = createTypeOracle(
    { files, targets, text: (path) => texts[path], limit },
    (each) => diagnostics.push(each),
    run,
  );
  const main = paths.indexOf('main.ts');
  const places = members.map((member) => {
    const start = texts['main.ts']!.lastIndexOf(member);
    return { file: main, start, end: start + member.length };
  });
  return { answers: oracle.receiversAt(places), diagnostics };
}

const client = { kind: 'package', specifier: 'openai', major: 4, name: 'default' };

describe('the type oracle', () => {
  it('knows the names of what is imported from packages', () => {
    const { answers } = ask(
      {
        'main.ts': `
          import OpenAI, { AzureOpenAI } from 'openai';
          import { Pool } from 'pg';
          const all = [new OpenAI(), null] as const;
          let either: OpenAI | AzureOpenAI | undefined;
          declare const both: Promise<{ pool: Pool }>;
          async function main() { all[0].chat; either!.beta; (await both).pool.query(); }`,
      },
      ['all[0].chat', 'either!.beta', '(await both).pool.query'],
    );
    expect(answers).toEqual([
      [client],
      [client, { ...client, name: 'AzureOpenAI' }],
      [{ kind: 'package', specifier: 'pg', major: 4, name: 'Pool' }],
    ]);
  });

  it('knows own classes and interfaces, through barrels, cycles and type parameters', () => {
    const { answers } = ask(
      {
        'a.ts': `export * from './b'; export class Store { write(x: string) {} }`,
        'b.ts': `import { Store } from './a'; export interface Deps { store: Store } export abstract class Base<D extends Deps> { constructor(protected deps: D) {} }`,
        'main.ts': `
          import { Base, type Deps } from './a';
          class Main<D extends Deps> extends Base<D> {
            run() { this.deps.store.write('x'); this.deps.close(); }
          }`,
      },
      ['this.deps.store.write', 'this.deps.close'],
    );
    expect(answers).toEqual([[{ kind: 'own', file: 0, name: 'Store' }], [{ kind: 'own', file: 1, name: 'Deps' }]]);
  });

  it('says nothing of what has no type, of broken code and of places that are no members', () => {
    const { answers, diagnostics } = ask(
      { 'main.ts': `import { x } from './gone'; x.create(); const y = JSON.parse('1'); y.create(); z.create(` },
      ['x.create', 'y.create', 'z.create', 'JSON'],
    );
    expect(answers).toEqual([[], [], [], []]);
    expect(diagnostics).toEqual([]);
  });

  it('reads no more files than it may, those that are asked about first, and says so', () => {
    const texts = {
      'a.ts': `import { Deep } from './b'; export type Near = Deep;`,
      'b.ts': `export class Deep { write() {} }`,
      'main.ts': `import type { Near } from './a'; declare const near: Near; near.write();`,
    };
    expect(ask(texts, ['near.write'])).toEqual({
      answers: [[{ kind: 'own', file: 1, name: 'Deep' }]],
      diagnostics: [],
    });
    const { answers, diagnostics } = ask(texts, ['near.write'], 2);
    expect(answers).toEqual([[]]);
    expect(diagnostics.map(({ kind }) => kind)).toEqual(['limit']);
  });

  it('ends a compiler that does not answer in time, and says so', () => {
    const { answers, diagnostics } = ask(
      { 'main.ts': 'declare const x: Date; x.create();' },
      ['x.create'],
      100,
      (request) => runCompiler(request, 1),
    );
    expect(answers).toEqual([[]]);
    expect(diagnostics).toEqual([
      {
        kind: 'limit',
        message: 'no types were inferred: the TypeScript compiler failed (no answer within 0.001 seconds)',
      },
    ]);
  });
});
