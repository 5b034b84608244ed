import { describe, expect, it } from 'vitest';
import { CHECK_LIMITS } from '../../src/checks/limits.js';
import { type Format, formatOf, parseTree } from '../../src/checks/parse-tree.js';
import type { Node } from '../../src/checks/tree.js';
import type { Diagnostic } from '../../src/core/diagnostic.js';

/** `path = value @text` for every scalar, the text being what the span covers. */
function scalars(node: Node, text: string, path = ''): string[] {
  if (node.kind === 'scalar')
    return [`${path} = ${JSON.stringify(node.value)} @${text.slice(node.span.start, node.span.end)}`];
  if (node.kind === 'sequence') return node.items.flatMap((item) => scalars(item, text, `${path}[]`));
  return node.entries.flatMap(({ key, keySpan, value }) => {
    expect(text.slice(keySpan.start, keySpan.end).toLowerCase()).toContain(key.toLowerCase());
    return scalars(value, text, path ? `${path}.${key}` : key);
  });
}

function read(text: string, format: Format, limits = CHECK_LIMITS): { scalars: string[]; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const root = parseTree('file', text, format, limits, (diagnostic) => diagnostics.push(diagnostic));
  return { scalars: root ? scalars(root, text) : [], diagnostics };
}

describe('parseTree', () => {
  it('reads JSON with comments and trailing commas', () => {
    const text = '{\n  // why\n  "a": { "b": [1, "x\\n", null,], },\n  "c": true\n}';
    expect(read(text, 'json')).toEqual({
      scalars: ['a.b[] = 1 @1', 'a.b[] = "x\\n" @"x\\n"', 'a.b[] = null @null', 'c = true @true'],
      diagnostics: [],
    });
  });

  it('reads JSON behind a byte-order mark at the right offsets', () => {
    expect(read('\ufeff{"a": "b"}', 'json').scalars).toEqual(['a = "b" @"b"']);
  });

  it('reads the rest of broken JSON and says where it breaks', () => {
    expect(read('{\n  "a": 1,\n  "b": ,\n  "c": 2\n}', 'json')).toEqual({
      scalars: ['a = 1 @1', 'c = 2 @2'],
      diagnostics: [
        { kind: 'configuration', file: 'file', line: 3, column: 8, message: 'not valid JSON: value expected' },
      ],
    });
  });

  it('reads YAML with anchors, merge keys and block scalars', () => {
    const text = 'base: &b\n  x: 1\nuse:\n  <<: *b\n  y: "2"\nrun: |\n  one\n  two\non: push\n';
    expect(read(text, 'yaml')).toEqual({
      scalars: [
        'base.x = 1 @1',
        'use.x = 1 @1',
        'use.y = "2" @"2"',
        'run = "one\\ntwo\\n" @|\n  one\n  two\n',
        'on = "push" @push',
      ],
      diagnostics: [],
    });
  });

  it('reads several YAML documents', () => {
    expect(read('a: 1\n---\nb: 2\n', 'yaml').scalars).toEqual(['[].a = 1 @1', '[].b = 2 @2']);
  });

  it('reads the rest of broken YAML', () => {
    const { scalars: found, diagnostics } = read('a: 1\nb: [1, 2\nc: 3\n', 'yaml');
    expect(found[0]).toBe('a = 1 @1');
    expect(diagnostics).toHaveLength(1);
    expect(diagnostics[0]).toMatchObject({ kind: 'configuration', file: 'file', line: 3, column: 1 });
  });

  it('bounds alias bombs', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 12; i++)
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    const { diagnostics } = read(lines.join('\n'), 'yaml');
    expect(diagnostics).toEqual([
      { kind: 'limit', file: 'file', message: 'more values or deeper nesting than is read' },
    ]);
  });

  it('bounds aliases of themselves', () => {
    expect(read('a: &a\n  b: *a\n', 'yaml').diagnostics.map(({ kind }) => kind)).toEqual(['limit']);
  });

  it('bounds nesting', () => {
    expect(read('['.repeat(300) + ']'.repeat(300), 'json').diagnostics.map(({ kind }) => kind)).toEqual(['limit']);
    const kinds = read('['.repeat(20_000), 'json').diagnostics.map(({ kind }) => kind);
    expect(kinds).toContain('limit');
  });

  it('skips texts that are too large', () => {
    expect(read('{"a": 1}', 'json', { ...CHECK_LIMITS, treeCharacters: 4 })).toEqual({
      scalars: [],
      diagnostics: [{ kind: 'skipped-file', file: 'file', message: 'too large to be read as configuration' }],
    });
  });

  it('reads TOML tables, dotted keys and arrays of tables', () => {
    const text = 'a = 1\n[b]\nc.d = "x"\n[b.e]\nf = [1, { g = true }]\n[[h]]\ni = 1\n[[h]]\ni = 2\n';
    expect(read(text, 'toml').scalars).toEqual([
      'a = 1 @1',
      'b.c.d = "x" @"x"',
      'b.e.f[] = 1 @1',
      'b.e.f[].g = true @true',
      'h[].i = 1 @1',
      'h[].i = 2 @2',
    ]);
  });

  it('reads broken TOML up to the error', () => {
    expect(read('a = 1\nb = \nc = 3\n', 'toml')).toMatchObject({
      scalars: ['a = 1 @1'],
      diagnostics: [{ kind: 'configuration', line: 3 }],
    });
  });

  it('reads environment files', () => {
    const text = '# c\nexport A=1\nB="x # y" # z\nC = plain # z\n  D=\nnot a pair\n[section]\nE=2\n';
    expect(read(text, 'ini').scalars).toEqual([
      'A = "1" @1',
      'B = "x # y" @"x # y"',
      'C = "plain" @plain',
      'D = "" @',
      'section.E = "2" @2',
    ]);
  });

  it('reads front matter', () => {
    expect(read('---\r\na: 1\r\nb: [x]\r\n---\r\n# Title\nc: 2\n', 'front-matter').scalars).toEqual([
      'a = 1 @1',
      'b[] = "x" @x',
    ]);
    expect(read('# Title\n---\na: 1\n---\n', 'front-matter')).toEqual({ scalars: [], diagnostics: [] });
    expect(read('---\na: 1\n', 'front-matter').scalars).toEqual([]);
  });

  it('reads Dockerfiles', () => {
    const text =
      'FROM node:22\n# c\nENV A=1 B="x y"\nENV OLD value here\nRUN --mount=type=cache npm ci \\\n  # why\n  && npm test\nCMD ["a", "b c"]\n';
    expect(read(text, 'dockerfile').scalars).toEqual([
      'from[] = "node:22" @node:22',
      'env.A = "1" @1',
      'env.B = "x y" @"x y"',
      'env.OLD = "value here" @value here',
      'run[] = "npm ci \\\\\\n  # why\\n  && npm test" @npm ci \\\n  # why\n  && npm test',
      'cmd[][] = "a" @"a"',
      'cmd[][] = "b c" @"b c"',
    ]);
  });
});

describe('formatOf', () => {
  it.each([
    ['a/.mcp.json', 'json'],
    ['opencode.jsonc', 'json'],
    ['.github/workflows/x.yml', 'yaml'],
    ['.codex/config.toml', 'toml'],
    ['.env', 'ini'],
    ['.env.production', 'ini'],
    ['api.env', 'ini'],
    ['Dockerfile', 'dockerfile'],
    ['Dockerfile.dev', 'dockerfile'],
    ['api.dockerfile', 'dockerfile'],
    ['run.sh', undefined],
    ['README.md', 'front-matter'],
    ['a.ts', undefined],
  ])('%s → %s', (path, format) => expect(formatOf(path)).toBe(format));
});
