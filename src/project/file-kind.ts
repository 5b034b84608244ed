import { baseName } from './paths.js';

/**
 * What a file's name promises:
 * - `code`: lowered and followed by flows
 * - `declaration`: TypeScript declarations without code
 * - `text`: settings, data, prose and code of other languages: read for secrets and settings
 * - `asset`: style sheets, vector images, source maps, tables: text in which only credentials are looked for
 * - `binary`: not read
 * - `unknown`: the name does not tell; the first bytes do
 */
export type FileKind = 'code' | 'declaration' | 'text' | 'asset' | 'binary' | 'unknown';

const CODE = extensions('js jsx ts tsx mts cts mjs cjs vue svelte astro');
const TEXT = extensions(
  'json jsonc json5 jsonl ndjson code-workspace mcp prompty yaml yml toml ini cfg conf config properties env md mdx mdc txt rst adoc html htm xml xsd plist ' +
    'sh bash zsh fish ps1 psm1 bat cmd py pyi ipynb rb php java kt kts scala groovy gradle go rs c h cc cpp hpp cs fs swift m dart lua pl r ' +
    'ex exs erl hs clj sql prisma graphql graphqls gql proto tf tfvars hcl nix cue rego j2 jinja jinja2 hbs ejs pug njk mustache liquid ' +
    'tpl tmpl template glsl vert frag wgsl webmanifest ftl prompt wat example sample dist lock sum mod log diff patch gitignore dockerignore npmignore editorconfig npmrc nvmrc',
);
const ASSET = extensions('css scss sass less styl pcss postcss svg map po pot snap csv tsv lottie');
const BINARY = extensions(
  'png jpg jpeg gif webp avif ico icns bmp tif tiff psd heic mp3 mp4 m4a wav ogg flac webm mov avi mkv ' +
    'woff woff2 ttf otf eot zip gz tgz bz2 xz zst br 7z rar tar jar war whl vsix crx apk ipa dmg iso ' +
    'pdf doc docx xls xlsx ppt pptx odt ods epub sqlite sqlite3 db mdb parquet arrow npy npz pkl pickle pt pth onnx gguf ' +
    'safetensors bin dat exe dll so dylib a o obj lib class pyc pyo wasm node lockb keystore jks p12 pfx der',
);
/** Text that bundlers import as it is. `json` is not among them: its values are followed. */
const IMPORTED_TEXT = extensions(
  'md mdx txt html htm xml yaml yml toml graphql graphqls gql sql prisma glsl vert frag wgsl hbs ejs pug njk mustache liquid webmanifest ' +
    'ftl proto py prompt tpl tmpl wat',
);
const DECLARATION = /\.d\.(?:[^./]+\.)?[cm]?ts$/;
const LOCKFILES = new Set([
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
  'deno.lock',
  'composer.lock',
  'Cargo.lock',
  'Gemfile.lock',
  'Pipfile.lock',
  'poetry.lock',
  'uv.lock',
  'go.sum',
]);

export function fileKind(path: string): FileKind {
  const name = baseName(path);
  const dot = name.lastIndexOf('.');
  if (dot <= 0)
    return name.startsWith('.') || /^(?:Dockerfile|Makefile|Procfile|LICENSE|README)/.test(name) ? 'text' : 'unknown';
  const extension = name.slice(dot + 1).toLowerCase();
  if (DECLARATION.test(name)) return 'declaration';
  if (CODE.has(extension)) return 'code';
  if (ASSET.has(extension)) return 'asset';
  if (BINARY.has(extension)) return 'binary';
  return TEXT.has(extension) || name.startsWith('.env') ? 'text' : 'unknown';
}

/** Whether a specifier that ends so names something without code, whether it exists or not: an image, a style sheet, a text. */
export function isAssetPath(path: string): boolean {
  const kind = fileKind(path);
  return (
    kind === 'asset' ||
    kind === 'binary' ||
    (kind === 'text' && IMPORTED_TEXT.has(path.slice(path.lastIndexOf('.') + 1)))
  );
}

/** Whether the file records resolved package versions: data written by a package manager. */
export function isLockfile(path: string): boolean {
  return LOCKFILES.has(baseName(path));
}

function extensions(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
