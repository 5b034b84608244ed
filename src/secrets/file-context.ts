/** What a file is, as far as reading values out of it goes. */
export type FileSyntax =
  /** Programming languages: a value is a quoted literal. */
  | 'code'
  /** `NAME=value` lines; values may be bare. */
  | 'env'
  | 'json'
  | 'yaml'
  /** TOML, INI, properties, .npmrc: `name = value` lines. */
  | 'ini'
  /** Shells and Dockerfiles: bare words, `export NAME=value`, flags. */
  | 'shell'
  | 'xml'
  /** HTTP request files: `Header: value` lines. */
  | 'http'
  /** Prose with code in it, logs, and whatever is unknown. */
  | 'text';

/** What the file is for: a key in a test is more often made up than one in the program itself. */
export type FileRole = 'production' | 'test' | 'example' | 'documentation';

export interface FileContext {
  readonly syntax: FileSyntax;
  readonly role: FileRole;
  /** The file itself is served to browsers: it lies in a public folder, or is a page. */
  readonly served: boolean;
  /** Written by a tool: bundles, source maps, lockfiles. Only formats of a known shape count there. */
  readonly generated: boolean;
}

const SYNTAX_OF_EXTENSION: Readonly<Record<string, FileSyntax>> = {
  json: 'json',
  jsonc: 'json',
  json5: 'json',
  jsonl: 'json',
  ndjson: 'json',
  ipynb: 'json',
  har: 'json',
  map: 'json',
  code_workspace: 'json',
  webmanifest: 'json',
  yaml: 'yaml',
  yml: 'yaml',
  toml: 'ini',
  ini: 'ini',
  cfg: 'ini',
  conf: 'ini',
  properties: 'ini',
  npmrc: 'ini',
  pypirc: 'ini',
  netrc: 'ini',
  tfvars: 'ini',
  env: 'env',
  envrc: 'env',
  sh: 'shell',
  bash: 'shell',
  zsh: 'shell',
  fish: 'shell',
  bat: 'shell',
  cmd: 'shell',
  dockerfile: 'shell',
  containerfile: 'shell',
  xml: 'xml',
  config: 'xml',
  plist: 'xml',
  csproj: 'xml',
  http: 'http',
  rest: 'http',
  md: 'text',
  mdx: 'text',
  markdown: 'text',
  rst: 'text',
  adoc: 'text',
  txt: 'text',
  log: 'text',
  csv: 'text',
  tsv: 'text',
  svg: 'text',
};

const CODE_EXTENSIONS: ReadonlySet<string> = new Set(
  (
    'ts tsx js jsx mjs cjs mts cts vue svelte astro py pyi rb go rs java kt kts scala cs fs vb php swift m mm c h cc cpp hpp ' +
    'dart lua r jl ex exs erl clj groovy gradle pl pm ps1 psm1 sql html htm css scss less graphql gql prisma proto tf hcl bicep'
  ).split(' '),
);

/** Folders whose files are for tests, as examples, or about the program. */
const ROLE_OF_FOLDER: ReadonlyMap<string, FileRole> = new Map([
  ...roles(
    'test',
    'test tests __tests__ __mocks__ __fixtures__ __snapshots__ spec specs fixture fixtures testdata test-data testing mock mocks e2e ' +
      'cypress playwright eval evals cassettes vcr',
  ),
  ...roles(
    'example',
    'example examples sample samples demo demos template templates tutorial tutorials cookbook cookbooks recipes playground playgrounds ' +
      'quickstart quickstarts boilerplate boilerplates starter starters',
  ),
  ...roles('documentation', 'doc docs documentation wiki'),
]);
/** Parts of a file's name, the first excepted, before a dot: `a.test.ts`, `app-mocks.json`. */
const TEST_PART: ReadonlySet<string> = new Set('test tests spec specs e2e mock mocks stories story snap'.split(' '));
/** Before a dot or at the end: `.env.example`, `settings-sample.py`. */
const EXAMPLE_PART: ReadonlySet<string> = new Set('example sample template dist default defaults tpl'.split(' '));
const TEST_NAME = /^(?:test_.*|.*_test|conftest|setup-?tests?|vitest\.setup|jest\.setup)\.[^.]+$/;
const DOCUMENTATION_NAME = /^(?:readme|changelog|contributing)|\.(?:md|mdx|markdown|rst|adoc)$/;
const SERVED_FOLDER = /(?:^|\/)(?:public|static|www|htdocs|wwwroot)\//;
const SERVED_NAME = /\.(?:m?js|json|txt|xml|(?:js|css)\.map)$/i;
const PAGE_NAME = /\.html?$/i;
const GENERATED_PATH =
  /(?:^|\/)(?:\.next|\.nuxt|\.output|\.svelte-kit|bower_components|node_modules|vendor|third_party)\/|\.min\.(?:js|css|mjs)$|\.(?:map|lock|snap)$|(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|yarn\.lock|poetry\.lock|uv\.lock|cargo\.lock|go\.sum|composer\.lock|gemfile\.lock|bun\.lockb?|deno\.lock)$/i;

/** Tells from the path, and from the text where the path leaves it open, what a file is. Pure. */
export function describeFile(path: string, text: string): FileContext {
  return {
    syntax: syntaxOf(path, text),
    role: roleOf(path),
    served: PAGE_NAME.test(path) || (SERVED_FOLDER.test(path) && SERVED_NAME.test(path)),
    generated: GENERATED_PATH.test(path) || isMinified(text),
  };
}

function syntaxOf(path: string, text: string): FileSyntax {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (/^\.?env(?:\.|$)|\.env(?:\.|$)|^\.dev\.vars/.test(name)) return 'env';
  if (/^(?:dockerfile|containerfile|makefile|procfile|jenkinsfile)/.test(name)) return 'shell';
  if (name.endsWith('.postman_collection.json')) return 'json';
  const extension = name.slice(name.lastIndexOf('.') + 1).replaceAll('-', '_');
  const known = SYNTAX_OF_EXTENSION[extension];
  if (known) return known;
  if (CODE_EXTENSIONS.has(extension)) return 'code';
  if (/^#!.*\b(?:ba|z|da|k)?sh\b/.test(text.slice(0, 80))) return 'shell';
  if (text.startsWith('#!')) return 'code';
  if (/^\s*[{[]/.test(text.slice(0, 200))) return 'json';
  return 'text';
}

/** What speaks for a test outweighs what speaks for an example, and that what speaks for documentation. */
function roleOf(path: string): FileRole {
  const folders = path.toLowerCase().split('/');
  const name = folders.pop()!;
  const parts = [...name.matchAll(/[._-]([a-z0-9]+)(?=(\.)|$)/g)];
  const found = new Set(folders.map((folder) => ROLE_OF_FOLDER.get(folder)));
  if (TEST_NAME.test(name) || parts.some(([, part, dot]) => dot && TEST_PART.has(part!))) return 'test';
  if (found.has('test')) return 'test';
  if (/^(?:example|sample|template)\./.test(name) || parts.some(([, part]) => EXAMPLE_PART.has(part!)))
    return 'example';
  if (found.has('example')) return 'example';
  return found.has('documentation') || DOCUMENTATION_NAME.test(name) ? 'documentation' : 'production';
}

function roles(role: FileRole, names: string): [string, FileRole][] {
  return names.split(' ').map((name) => [name, role]);
}

/** Average line length of the first part of the text: hand-written code stays far below 300. */
function isMinified(text: string): boolean {
  const SAMPLE = 20_000;
  if (text.length < 5_000) return false;
  const head = text.slice(0, SAMPLE);
  let lines = 1;
  for (let i = head.indexOf('\n'); i >= 0; i = head.indexOf('\n', i + 1)) lines++;
  return head.length / lines > 600;
}
