/** What a launcher is told to run: a package of a registry, an image, a script from the network. */
export interface PackageSpec {
  readonly kind: 'npm' | 'python' | 'image' | 'deno' | 'go' | 'git';
  /** Without version: `@scope/name`, `ghcr.io/owner/image`. */
  readonly name: string;
  /** As written behind the separator; undefined where none is given. */
  readonly version: string | undefined;
  /** The version names one release for good: an exact number, a digest, a commit. */
  readonly fixed: boolean;
}

const EXACT = /^v?\d+\.\d+\.\d+(?:[-+.][\w.+-]+)?$/;
const COMMIT = /^[0-9a-f]{7,40}$/;
const FLOATING_TAGS = new Set([
  'latest',
  'main',
  'master',
  'edge',
  'nightly',
  'dev',
  'next',
  'canary',
  'stable',
  'beta',
  'alpha',
]);

/** `name`, `name@1.2.3`, `@scope/name@latest`, `github:owner/repo#commit`, a Git address. Undefined for paths and unknown text. */
export function npmSpec(text: string): PackageSpec | undefined {
  if (isReference(text) || isLocalPath(text)) return undefined;
  if (/^(?:git\+|git:|https?:|github:|gitlab:|bitbucket:)/.test(text) || /^[\w.-]+\/[\w.-]+(?:#.*)?$/.test(text))
    return gitSpec(text, '#');
  const match = /^(?:npm:)?((?:@[\w.~-]+\/)?[\w.~-]+)(?:@(.+))?$/.exec(text);
  if (!match) return undefined;
  return { kind: 'npm', name: match[1]!, version: match[2], fixed: isFixed(match[2]) };
}

/** `name`, `name==1.2.3`, `name@1.2.3`, `name[extra]==1.2.3`, `git+https://…@commit`. */
export function pythonSpec(text: string): PackageSpec | undefined {
  if (isReference(text)) return undefined;
  if (/^(?:git\+|https?:)/.test(text)) return gitSpec(text, '@');
  const match = /^([\w.-]+)(?:\[[\w,.-]*\])?(?:(==|@|>=|<=|~=|>|<|!=)(.+))?$/.exec(text);
  if (!match || isLocalPath(text)) return undefined;
  const exact = match[2] === '==' || match[2] === '@';
  return {
    kind: 'python',
    name: match[1]!,
    version: match[3],
    fixed: exact && match[3] !== undefined && /^v?\d+(?:\.\d+)+[\w.+-]*$/.test(match[3]),
  };
}

/** `image`, `registry:5000/owner/image:tag`, `image@sha256:…`. */
export function imageSpec(text: string): PackageSpec | undefined {
  if (isReference(text) || isLocalPath(text)) return undefined;
  const match = /^((?:[\w.-]+(?::\d+)?\/)?[\w./-]+?)(?::([\w.-]+))?(@sha256:[0-9a-f]+)?$/.exec(text);
  if (!match) return undefined;
  const [, name, tag, digest] = match;
  const fixed = digest !== undefined || (tag !== undefined && !FLOATING_TAGS.has(tag));
  return { kind: 'image', name: name!, version: digest ?? tag, fixed };
}

/** `npm:pkg@1.2.3`, `jsr:@scope/pkg@1.2.3`, `https://host/mod@v1.2.3/mod.ts`. */
export function denoSpec(text: string): PackageSpec | undefined {
  const match = /^(npm:|jsr:)((?:@[\w.-]+\/)?[\w.-]+)(?:@([^/]+))?/.exec(text);
  if (match) return { kind: 'deno', name: match[1]! + match[2]!, version: match[3], fixed: isFixed(match[3]) };
  if (!/^https?:\/\//.test(text)) return undefined;
  const version = /@(v?\d[\w.+-]*)/.exec(text)?.[1];
  return { kind: 'deno', name: text.replace(/[?#].*$/, ''), version, fixed: isFixed(version) };
}

/** `host/owner/module/cmd@v1.2.3`. */
export function goSpec(text: string): PackageSpec | undefined {
  const match = /^([\w-]+(?:\.[\w-]+)+\/[^@\s]+)(?:@(.+))?$/.exec(text);
  if (!match) return undefined;
  return { kind: 'go', name: match[1]!, version: match[2], fixed: isFixed(match[2]) };
}

function gitSpec(text: string, separator: '#' | '@'): PackageSpec {
  const from = text.indexOf('://') < 0 ? 0 : text.indexOf('://') + 3;
  const at = text.indexOf(separator, Math.max(from, text.indexOf('/', from)));
  const version = at < 0 ? undefined : text.slice(at + 1).replace(/[#&?].*$/, '');
  const name = at < 0 ? text.replace(/[#?].*$/, '') : text.slice(0, at);
  return { kind: 'git', name, version, fixed: version !== undefined && (COMMIT.test(version) || EXACT.test(version)) };
}

function isFixed(version: string | undefined): boolean {
  return version !== undefined && (EXACT.test(version) || COMMIT.test(version) || isReference(version));
}

/** The version or name comes from a variable: what it is cannot be seen. */
function isReference(text: string): boolean {
  return /\$\{|\$\(|\$[A-Za-z_]|%[A-Za-z_]+%|\{\{|<[\w-]+>/.test(text);
}

function isLocalPath(text: string): boolean {
  return /^(?:\.{0,2}[\\/]|~|[A-Za-z]:[\\/]|file:)/.test(text) || text === '.' || text === '..';
}
