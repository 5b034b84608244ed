// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts under test hold variables and expressions.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mountSource, readLaunch } from '../../src/checks/command/launch.js';
import { findFlag } from '../../src/checks/command/match-command.js';
import { denoSpec, goSpec, imageSpec, npmSpec, pythonSpec } from '../../src/checks/command/package-spec.js';
import { splitCommands } from '../../src/checks/command/words.js';

const locate = (start: number, length: number) => ({ start, end: start + length });
const split = (text: string) => splitCommands(text, locate, 1000).map((words) => words.map((word) => word.text));
const launch = (text: string) => readLaunch(splitCommands(text, locate, 1000)[0] ?? []);

describe('splitCommands', () => {
  it.each<[string, string[][]]>([
    ['a b  c', [['a', 'b', 'c']]],
    ['a && b || c; d | e & f', [['a'], ['b'], ['c'], ['d'], ['e'], ['f']]],
    [`a 'b c' "d \\"e\\" $x" f\\ g`, [['a', 'b c', 'd "e" $x', 'f g']]],
    ['a \\\n  b # c d\ne', [['a', 'b'], ['e']]],
    ['a#b', [['a#b']]],
    [
      'x=$(a b) c',
      [
        ['a', 'b'],
        ['x=$(a b)', 'c'],
      ],
    ],
    [
      'a "$(b \'c d\')" `e f`',
      [
        ['b', 'c d'],
        ['e', 'f'],
        ['a', "$(b 'c d')", '`e f`'],
      ],
    ],
    ['cat <<EOF > x\na b\nEOF\nc', [['cat', 'x'], ['c']]],
    ["cat <<-'EOF'\n  a\n  EOF\nc", [['cat'], ['c']]],
    ['a <<< "b"', [['a', 'b']]],
    ['(a; b) 2>&1', [['a'], ['b'], ['2'], ['1']]],
    ['F=(--x -y)', [['F='], ['--x', '-y']]],
    ['echo ${{ github.event.issue.body }}', [['echo', '${{ github.event.issue.body }}']]],
    ["a 'open", [['a', 'open']]],
    ['a\r\nb', [['a'], ['b']]],
  ])('%j', (text, commands) => expect(split(text)).toEqual(commands));

  it('says where words stand', () => {
    const text = `x 'a b' "c"`;
    const spans = splitCommands(text, locate, 10)[0]!.map((word) => word.locate());
    expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual(['x', "'a b'", '"c"']);
  });

  it('ends for any text, within the bound', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...`ab $(){}"'\`\\\n<>&|;#=-E`) }), (text) => {
        const words = splitCommands(text, locate, 50).flat();
        expect(words.length).toBeLessThanOrEqual(51);
        for (const word of words) expect(word.locate().end).toBeLessThanOrEqual(text.length + 1);
      }),
    );
  });

  it('takes linear time on open substitutions', () => {
    expect(split('$('.repeat(5000)).length).toBeGreaterThan(0);
  });
});

describe('readLaunch', () => {
  it.each<[string, string, string[]]>([
    ['claude -p x', 'claude', ['-p', 'x']],
    ['/usr/local/bin/claude -p', 'claude', ['-p']],
    ['A=1 B=2 sudo -u ann env C=3 timeout -k 5 60 claude -p', 'claude', ['-p']],
    ['npx -y @openai/codex@1.2.3 exec', '@openai/codex', ['exec']],
    ['npx --package=@openai/codex codex exec', 'codex', ['exec']],
    ['pnpm dlx @openai/codex exec', '@openai/codex', ['exec']],
    ['uvx --from git+https://github.com/a/b tool run', 'tool', ['run']],
    ['cmd /c npx.cmd -y gemini --yolo', 'gemini', ['--yolo']],
    ['docker run --rm -it -v /a:/b -e X image:1 claude -p', 'claude', ['-p']],
    ['docker exec -it box claude -p', 'claude', ['-p']],
    ['docker compose exec app claude -p', 'claude', ['-p']],
    ['if ! claude -p', 'claude', ['-p']],
    ['npm run agent', 'npm', ['run', 'agent']],
  ])('%s', (text, program, args) => {
    const read = launch(text);
    expect([read.program, read.arguments.map((word) => word.text)]).toEqual([program, args]);
  });

  it.each<[string, string | undefined, boolean]>([
    ['npx -y pkg', 'pkg', true],
    ['npx pkg', 'pkg', false],
    ['bunx pkg', 'pkg', true],
    ['uvx pkg', 'pkg', true],
    ['docker run -i ghcr.io/a/b', 'ghcr.io/a/b', true],
    ['deno run -A npm:pkg', 'npm:pkg', true],
    ['go run example.com/a/b@latest', 'example.com/a/b', true],
    ['uv run server.py', undefined, false],
    ['pnpm exec tsc', undefined, false],
    ['node server.js', undefined, false],
    ['npx -y ./local', undefined, false],
    ['npx -y $PKG', undefined, false],
  ])('%s fetches %s', (text, name, installs) => {
    const { fetched } = launch(text);
    expect([fetched?.spec.name, fetched?.installs ?? false]).toEqual([name, installs]);
  });

  it('reads bind mounts', () => {
    const { mounts } = launch(
      'docker run -v /:/host:ro --volume=$HOME:/h --mount type=bind,source=/data,target=/d -v ${HOME}:/x image:1',
    );
    expect(mounts.map(({ source }) => source)).toEqual(['/', '$HOME', '/data', '${HOME}']);
  });
});

describe('mountSource', () => {
  it('keeps the colon of a drive and of a variable', () => {
    expect(['C:\\Users\\a:/u', '${A:-b}:/x', '/a:/b:ro', 'volume'].map(mountSource)).toEqual([
      'C:\\Users\\a',
      '${A:-b}',
      '/a',
      '',
    ]);
  });
});

describe('package specs', () => {
  it.each<[string, string | undefined, boolean]>([
    ['pkg', undefined, false],
    ['pkg@latest', 'latest', false],
    ['pkg@1', '1', false],
    ['pkg@^1.2.3', '^1.2.3', false],
    ['pkg@1.2.3', '1.2.3', true],
    ['@a/b@1.2.3-beta.1', '1.2.3-beta.1', true],
    ['github:a/b', undefined, false],
    ['github:a/b#9f2c1d7', '9f2c1d7', true],
    ['a/b#main', 'main', false],
    ['npm:pkg@1.2.3', '1.2.3', true],
  ])('npm %s', (text, version, fixed) => expect(npmSpec(text)).toMatchObject({ version, fixed }));

  it.each<[string, string | undefined, boolean]>([
    ['pkg', undefined, false],
    ['pkg==1.2', '1.2', true],
    ['pkg@1.2.3', '1.2.3', true],
    ['pkg@latest', 'latest', false],
    ['pkg[cli]>=1.2', '1.2', false],
    ['git+https://github.com/a/b', undefined, false],
    ['git+https://github.com/a/b@9f2c1d7', '9f2c1d7', true],
    ['git+https://github.com/a/b@main', 'main', false],
  ])('python %s', (text, version, fixed) => expect(pythonSpec(text)).toMatchObject({ version, fixed }));

  it.each<[string, string, boolean]>([
    ['image', 'image', false],
    ['image:latest', 'image', false],
    ['image:1.2', 'image', true],
    ['registry:5000/a/b', 'registry:5000/a/b', false],
    ['registry:5000/a/b:1', 'registry:5000/a/b', true],
    ['a/b@sha256:0f', 'a/b', true],
  ])('image %s', (text, name, fixed) => expect(imageSpec(text)).toMatchObject({ name, fixed }));

  it('reads Deno and Go', () => {
    expect(denoSpec('jsr:@a/b@1.2.3')).toMatchObject({ name: 'jsr:@a/b', fixed: true });
    expect(denoSpec('https://deno.land/x/a/mod.ts')).toMatchObject({ fixed: false });
    expect(denoSpec('main.ts')).toBeUndefined();
    expect(goSpec('example.com/a/b@v1.2.3')).toMatchObject({ name: 'example.com/a/b', fixed: true });
    expect(goSpec('./cmd')).toBeUndefined();
  });
});

describe('findFlag', () => {
  const words = (text: string) => splitCommands(text, locate, 100)[0]!;
  it.each<[string, string, boolean]>([
    ['a --x', '--x', true],
    ['a --x=true', '--x', true],
    ['a --x=false', '--x', false],
    ['a --xy', '--x', false],
    ['a --mode all', '--mode all', true],
    ['a --mode=ALL', '--mode all', true],
    ['a --mode some', '--mode all', false],
    ['a -- --x', '--x', false],
    ['a -py', '-y', true],
    ['a -c policy="never"', '-c policy=*never*', true],
  ])('%s has %s: %s', (text, flag, found) => expect(findFlag(words(text), flag) !== undefined).toBe(found));
});
