import { isBuiltin } from 'node:module';
import { majorOf } from './version.js';

/** A specifier taken apart by its form alone, before anything is looked up. */
export type Specifier =
  /** Relative to the importing file: `./x`, `..`. */
  | { readonly form: 'relative'; readonly path: string }
  /** From the root of a site or package: `/x`. */
  | { readonly form: 'absolute'; readonly path: string }
  /** A name to look up: in aliases, own packages, dependencies. */
  | { readonly form: 'bare'; readonly path: string }
  /** A package that the specifier itself names outright: `npm:openai@4`, a URL of a content delivery network. */
  | { readonly form: 'package'; readonly name: string; readonly subpath: string; readonly major: number | undefined }
  | { readonly form: 'builtin'; readonly name: string }
  /** No code of its own: another loader's text, a virtual module, data. */
  | { readonly form: 'asset' };

const ASSET: Specifier = { form: 'asset' };
/** Queries with which bundlers ask for something else than the module. */
const ASSET_QUERY =
  /^\?(?:.*&)?(?:raw|url|inline|source|react|svgr|component|sprite|w=|h=|format=|as=|no-inline|init)\b/;
/** Addresses under which packages are served by name. */
const SERVED =
  /^https?:\/\/(?:(?:cdn\.)?esm\.sh|esm\.run|cdn\.skypack\.dev|(?:esm\.)?unpkg\.com|cdn\.jsdelivr\.net\/npm|jspm\.dev|ga\.jspm\.io\/npm|deno\.land\/x)[/:]/;
const DENO_STANDARD = /^https?:\/\/deno\.land\/std(?:@[^/]*)?\/([^/]+)\/?/;

/** Takes a specifier apart. */
export function parseSpecifier(text: string): Specifier {
  const loader = text.lastIndexOf('!');
  if (loader >= 0) return ASSET;
  const query = text.search(/[?]/);
  if (query >= 0 && ASSET_QUERY.test(text.slice(query))) return ASSET;
  const path = query >= 0 ? text.slice(0, query) : text;
  if (/^\.{1,2}(?:\/|$)/.test(path)) return { form: 'relative', path };
  if (path.startsWith('/')) return { form: 'absolute', path };
  if (path.startsWith('node:')) return { form: 'builtin', name: path.slice('node:'.length) };
  if (/^(?:npm|jsr):/.test(path)) return namedPackage(path.slice(path.indexOf(':') + 1).replace(/^\//, ''));
  if (/^(?:bun|cloudflare|deno|astro):/.test(path)) return { form: 'builtin', name: path };
  const standard = DENO_STANDARD.exec(path);
  if (standard) return namedPackage(`@std/${standard[1]}/${path.slice(standard[0].length)}`);
  const served = SERVED.exec(path);
  if (served) return namedPackage(path.slice(served[0].length).replace(/^(?:v\d+|stable)\/(?=.)/, ''));
  if (/^(?:https?|data|blob|file|virtual|workbox|wasm|ext):/.test(path) || path.startsWith('\0')) return ASSET;
  return isBuiltin(path) ? { form: 'builtin', name: path } : { form: 'bare', path };
}

/** `@scope/name@4.1/sub/path` and the like; a subpath that is the main module (`mod.ts`) stands for the package itself. */
function namedPackage(text: string): Specifier {
  const [, name, version, subpath] = /^((?:@[^/@]+\/)?[^/@]+)(?:@([^/]*))?(?:\/(.*))?$/.exec(text) ?? [];
  if (name === undefined) return ASSET;
  const module = (subpath ?? '').replace(/\.[cm]?[jt]sx?$/, '').replace(/(?:^|\/)(?:mod|index|\+esm)$/, '');
  return { form: 'package', name, subpath: module, major: version === undefined ? undefined : majorOf(version) };
}

/** Splits a bare specifier into package name and subpath; undefined where it cannot be the name of a package (`@/x`, `~/x`). */
export function splitPackage(path: string): { readonly name: string; readonly subpath: string } | undefined {
  const match = /^((?:@[a-z0-9~_.-][^/\s]*\/)?[^/\s@~#$%*'"!()][^/\s'"*!()]*)(?:\/(.*))?$/i.exec(path);
  return match ? { name: match[1]!, subpath: match[2] ?? '' } : undefined;
}
