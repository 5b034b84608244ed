import { CONTAINER_VALUES, NPM_RUNNERS, NPM_VALUES, PYTHON_VALUES, WRAPPER_VALUES, WRAPPERS } from './launchers.js';
import { denoSpec, goSpec, imageSpec, npmSpec, type PackageSpec, pythonSpec } from './package-spec.js';
import type { Word } from './words.js';

/** A command line, read: what runs in the end, behind `sudo`, `env`, `npx`, `docker run`, `cmd /c`. */
export interface Launch {
  /** Name of the program without folder and extension, or of the package where a runner starts one; '' where nothing runs. */
  readonly program: string;
  /** The word that names it. */
  readonly head: Word | undefined;
  /** What follows it. */
  readonly arguments: readonly Word[];
  /** Variables set for it: `NAME=value` words before it. */
  readonly variables: readonly Word[];
  /** The package or image that a runner fetches. */
  readonly fetched?: {
    readonly spec: PackageSpec;
    readonly word: Word;
    readonly runner: string;
    readonly installs: boolean;
  };
  /** Sources of bind mounts of a container, as written: `/`, `$HOME`. */
  readonly mounts: readonly { readonly source: string; readonly word: Word }[];
  /** All words of the line. */
  readonly words: readonly Word[];
}

export function readLaunch(words: readonly Word[]): Launch {
  const variables: Word[] = [];
  let rest = words;
  for (;;) {
    const [head] = rest;
    if (!head) return { program: '', head: undefined, arguments: [], variables, mounts: [], words };
    const name = programName(head.text);
    if (/^[A-Za-z_]\w*\+?=/.test(head.text)) {
      variables.push(head);
      rest = rest.slice(1);
    } else if (name === 'cmd' && /^\/[ck]$/i.test(rest[1]?.text ?? '')) rest = rest.slice(2);
    else if (WRAPPERS.has(name)) rest = skipFlags(rest.slice(1), WRAPPER_VALUES).slice(WRAPPERS.get(name)!);
    else return { ...read(name, rest), variables, words };
  }
}

type Core = Omit<Launch, 'variables' | 'words'>;

function read(name: string, words: readonly Word[]): Core {
  const [head, second, third] = words.map((word) => word.text);
  if (NPM_RUNNERS.has(name)) return packageRun('npx', words, 1, npmSpec, true);
  if (
    (name === 'npm' && (second === 'exec' || second === 'x')) ||
    ((name === 'pnpm' || name === 'yarn') && second === 'dlx')
  ) {
    return packageRun(`${head} ${second}`, words, 2, npmSpec, true);
  }
  if (name === 'bun' && second === 'x') return packageRun('bun x', words, 2, npmSpec, true);
  if ((name === 'pnpm' || name === 'yarn') && second === 'exec')
    return packageRun(`${head} exec`, words, 2, npmSpec, false);
  if (name === 'uvx') return packageRun('uvx', words, 1, pythonSpec, true);
  if (name === 'uv' && second === 'tool' && third === 'run')
    return packageRun('uv tool run', words, 3, pythonSpec, true);
  if (name === 'pipx' && second === 'run') return packageRun('pipx run', words, 2, pythonSpec, true);
  if (name === 'uv' && second === 'run') return packageRun('uv run', words, 2, pythonSpec, false);
  if ((name === 'docker' || name === 'podman' || name === 'nerdctl') && second === 'run')
    return containerRun(name, words, 2);
  if ((name === 'docker' || name === 'podman') && second === 'exec') return containerExec(words, 2);
  if (name === 'docker' && second === 'compose' && (third === 'exec' || third === 'run'))
    return containerExec(words, 3);
  if (name === 'deno' && second === 'run') return fetchedRun('deno run', words, 2, denoSpec);
  if (name === 'go' && second === 'run') return fetchedRun('go run', words, 2, goSpec);
  return { program: name, head: words[0], arguments: words.slice(1), mounts: [] };
}

function packageRun(
  runner: string,
  words: readonly Word[],
  skip: number,
  parse: (text: string) => PackageSpec | undefined,
  fetches: boolean,
): Core {
  const python = parse === pythonSpec;
  const values = python ? PYTHON_VALUES : NPM_VALUES;
  const rest = words.slice(skip);
  const behind = skipFlags(rest, values);
  const own = rest.slice(0, rest.length - behind.length);
  const named = flagValue(own, python ? ['--from', '--spec'] : ['-p', '--package']);
  const [run] = behind;
  const target = named ?? run;
  const spec = fetches && target ? parse(target.text) : undefined;
  const installs =
    python ||
    runner !== 'npx' ||
    words[0]!.text.includes('bunx') ||
    own.some((word) => /^(?:-y|--yes)$/.test(word.text));
  const program = named && run ? programName(run.text) : run ? (parse(run.text)?.name ?? programName(run.text)) : '';
  const core: Core = { program, head: run, arguments: behind.slice(1), mounts: [] };
  return spec && target ? { ...core, fetched: { spec, word: target, runner, installs } } : core;
}

function containerRun(name: string, words: readonly Word[], skip: number): Core {
  const rest = words.slice(skip);
  const behind = skipFlags(rest, CONTAINER_VALUES);
  const own = rest.slice(0, rest.length - behind.length);
  const [image, program, ...args] = behind;
  const spec = image && imageSpec(image.text);
  const core: Core = {
    program: program ? programName(program.text) : '',
    head: program,
    arguments: args,
    mounts: mounts(own),
  };
  return image && spec ? { ...core, fetched: { spec, word: image, runner: `${name} run`, installs: true } } : core;
}

function containerExec(words: readonly Word[], skip: number): Core {
  const [, program, ...args] = skipFlags(words.slice(skip), CONTAINER_VALUES);
  return { program: program ? programName(program.text) : '', head: program, arguments: args, mounts: [] };
}

function fetchedRun(
  runner: string,
  words: readonly Word[],
  skip: number,
  parse: (text: string) => PackageSpec | undefined,
): Core {
  const [target, ...args] = skipFlags(words.slice(skip), new Set(['--config', '-c', '--import-map', '--lock']));
  const spec = target && parse(target.text);
  const core: Core = {
    program: spec?.name ?? (target ? programName(target.text) : ''),
    head: target,
    arguments: args,
    mounts: [],
  };
  return target && spec ? { ...core, fetched: { spec, word: target, runner, installs: true } } : core;
}

/** `-v /:/host`, `--volume=$HOME:/root`, `--mount type=bind,source=/,target=/host`. */
function mounts(own: readonly Word[]): Launch['mounts'] {
  return own.flatMap((word, i) => {
    const joined = /^(?:-v|--volume|--mount)=(.*)$/s.exec(word.text)?.[1];
    const flag = joined === undefined && /^(?:-v|--volume|--mount)$/.test(own[i - 1]?.text ?? '');
    const value = joined ?? (flag ? word.text : undefined);
    if (value === undefined) return [];
    const source = /(?:^|,)(?:source|src)=([^,]*)/.exec(value)?.[1] ?? mountSource(value);
    return [{ source, word }];
  });
}

/** The part before the colon of `source:target`; a drive letter's colon belongs to the source. */
export function mountSource(value: string): string {
  const variable = /^(\$\{[^}]*\}|[A-Za-z]:(?=[\\/])[^:]*)/.exec(value)?.[0] ?? '';
  const colon = value.indexOf(':', variable.length);
  return colon < 0 ? '' : value.slice(0, colon);
}

function flagValue(words: readonly Word[], names: readonly string[]): Word | undefined {
  for (const [i, word] of words.entries()) {
    if (names.includes(word.text)) return words[i + 1];
    const name = names.find((flag) => word.text.startsWith(`${flag}=`));
    if (name) return { text: word.text.slice(name.length + 1), locate: word.locate };
  }
  return undefined;
}

/** Leaves out leading flags, the values of those that take one, and `--`. */
function skipFlags(words: readonly Word[], values: ReadonlySet<string>): readonly Word[] {
  let i = 0;
  while (i < words.length && (words[i]!.text.startsWith('-') || /^[A-Za-z_]\w*=/.test(words[i]!.text))) {
    const flag = words[i]!.text;
    i += values.has(flag) ? 2 : 1;
    if (flag === '--') break;
  }
  return words.slice(i);
}

/** `/usr/local/bin/claude` → `claude`, `npx.cmd` → `npx`. */
export function programName(text: string): string {
  const name = text.slice(Math.max(text.lastIndexOf('/'), text.lastIndexOf('\\')) + 1);
  return name.replace(/\.(?:exe|cmd|bat|ps1)$/i, '');
}
