import type { Level } from '../core/finding.js';
import type { Span } from '../core/span.js';
import { describeFile } from './file-context.js';
import { classifySecretName } from './secret-name.js';

/** A place that hands a credential of the environment to whoever loads a page or asks a server. Its value is not in the text. */
export interface ExposedReference {
  readonly span: Span;
  /** The variable, or `process.env`, `os.environ` for all of them. */
  readonly name: string;
  /** How it gets out, the end of a sentence that starts with the name. */
  readonly way: string;
  readonly advice: string;
  readonly level: Level;
}

interface Outlet {
  /** Files that can hold one. */
  readonly files: RegExp;
  /** Texts without any of which a file is not looked at. */
  readonly marks: readonly string[];
  /** What stands before the opening bracket of what gets out. */
  readonly opening: RegExp;
  /** What the file must hold besides. */
  readonly needs?: RegExp;
  readonly way: string;
  readonly advice: string;
}

const SERVER = 'Keep it on the server, call the provider there, and answer with what the page needs.';
const BUNDLE: Pick<Outlet, 'way' | 'advice'> = {
  way: 'is written into the bundle that every visitor loads',
  advice:
    'Take it out of the bundle, call the provider from a server route, and replace the key: it has been published.',
};
const BUNDLER_FILE =
  /(?:^|\/)(?:vite|vitest|webpack|rspack|rsbuild|craco|vue|astro|rollup|esbuild|remix|next)(?:\.\w+)?\.config\.[cm]?[jt]s$|(?:^|\/)webpack\.[\w.-]+\.[cm]?js$/;
const PYTHON = /\.py$/;

/** Objects whose content leaves the server, recognised by the text in front of them. */
const OUTLETS: readonly Outlet[] = [
  { files: BUNDLER_FILE, marks: ['define'], opening: /\bdefine\s{0,4}:\s{0,8}(?=\{)/g, ...BUNDLE },
  { files: BUNDLER_FILE, marks: ['DefinePlugin'], opening: /\bDefinePlugin(?=\()/g, ...BUNDLE },
  { files: BUNDLER_FILE, marks: ['EnvironmentPlugin'], opening: /\bEnvironmentPlugin(?=\()/g, ...BUNDLE },
  {
    files: /(?:^|\/)next\.config\.[cm]?[jt]s$/,
    marks: ['env'],
    opening: /\b(?:env|publicRuntimeConfig)\s{0,4}:\s{0,8}(?=\{)/g,
    ...BUNDLE,
  },
  {
    files: /(?:^|\/)nuxt\.config\.[cm]?[jt]s$/,
    marks: ['public'],
    opening: /\bpublic\s{0,4}:\s{0,8}(?=\{)/g,
    ...BUNDLE,
  },
  {
    files: /\.[cm]?[jt]sx?$/,
    marks: ['Props'],
    needs: /\bget(?:ServerSide|Static|Initial)Props\b/,
    opening: /\bprops\s{0,4}:\s{0,8}(?=\{)/g,
    way: 'becomes a property of the page, which every visitor can read',
    advice: SERVER,
  },
  {
    files: PYTHON,
    marks: ['json', 'JSONResponse', 'JsonResponse'],
    opening: /\b(?:jsonify|JSONResponse|JsonResponse|ORJSONResponse|json_response)(?=\()/g,
    way: 'is sent in an HTTP response',
    advice: SERVER,
  },
];
const BLOCK_LIMIT = 6_000;

/** `process.env.NAME`, `env.NAME`, `import.meta.env.NAME`, `process.env['NAME']`, `'NAME'` of EnvironmentPlugin. */
const SCRIPT_REFERENCE =
  /(?:^|[^\w.$"'`])(?:(?:process\.)?env(?:\.|\[["'])|import\.meta\.env\.)([A-Z][A-Z0-9_]{2,80})\b/g;
const LISTED_NAME = /["']([A-Z][A-Z0-9_]{2,80})["']/g;
const SCRIPT_ENVIRONMENT = /\bprocess\.env(?=\s{0,4}[,)}\n])/g;
/** A value of a dictionary that is a variable itself: not wrapped in `bool(…)`, not compared, not sliced. */
const PYTHON_REFERENCE =
  /[:=]\s{0,4}(?:[A-Za-z_]\w{0,40}\.){0,3}(?:environ(?:\.get\(|\[)["']|getenv\(["'])?([A-Z][A-Z0-9_]{2,80})["']?[\])]?(?=\s{0,8}[,}\n)])/g;
const PYTHON_ENVIRONMENT =
  /\bdict\(os\.environ\)|\bos\.environ\.copy\(\)|\*\*os\.environ\b|\bos\.environ(?=\s{0,4}\))/g;

/** Keys that are made to be seen. */
const MEANT_TO_BE_SEEN =
  /PUBLIC|PUBLISHABLE|ANON|FIREBASE|MAPS?(?:_|$)|MAPBOX|SENTRY|POSTHOG|RECAPTCHA|TURNSTILE|SITE_?KEY|SEARCH_KEY|CLIENT_ID|ANALYTICS|MEASUREMENT|TELEMETRY|ERROR_|LICEN[CS]E/;

/** Finds the references in one text. Pure; looks at few files, told by their names. */
export function findExposedReferences(path: string, text: string): ExposedReference[] {
  const outlets = OUTLETS.filter(({ files, marks }) => files.test(path) && marks.some((mark) => text.includes(mark)));
  if (outlets.length === 0) return [];
  const { role } = describeFile(path, text);
  if (role === 'test' || role === 'documentation') return [];
  const level: Level = role === 'production' ? 'error' : 'warning';
  const found = outlets
    .filter(({ needs }) => needs === undefined || needs.test(text))
    .flatMap(({ opening, way, advice }) =>
      [...text.matchAll(opening)].flatMap((match) => {
        const start = match.index + match[0].length;
        const block = text.slice(start, closing(text, start));
        return namesIn(block, path, match[0]).map(({ name, at }): ExposedReference => {
          const span = { start: start + at, end: start + at + name.length };
          return { span, name, way, advice, level };
        });
      }),
    );
  const seen = new Set<number>();
  return found
    .sort((left, right) => left.span.start - right.span.start)
    .filter(({ span }) => !seen.has(span.start) && seen.add(span.start));
}

function namesIn(block: string, path: string, opening: string): { readonly name: string; readonly at: number }[] {
  const isPython = PYTHON.test(path);
  const [named, whole] = isPython ? [PYTHON_REFERENCE, PYTHON_ENVIRONMENT] : [SCRIPT_REFERENCE, SCRIPT_ENVIRONMENT];
  const expressions = opening.startsWith('EnvironmentPlugin') ? [named, LISTED_NAME] : [named];
  const names = expressions.flatMap((expression) =>
    [...block.matchAll(expression)]
      .filter(([, name]) => isSecret(name!))
      .map((match) => ({ name: match[1]!, at: match.index + match[0].lastIndexOf(match[1]!) })),
  );
  const all = [...block.matchAll(whole)].map(({ 0: text, index }) => ({ name: text, at: index }));
  return [...names, ...all];
}

function isSecret(name: string): boolean {
  return classifySecretName(name) !== undefined && !MEANT_TO_BE_SEEN.test(name);
}

/** The offset behind the bracket that closes the one at `start`. Brackets in strings are counted too: it is near enough. */
function closing(text: string, start: number): number {
  const limit = Math.min(text.length, start + BLOCK_LIMIT);
  let depth = 0;
  for (let at = start; at < limit; at++) {
    const character = text[at]!;
    if (character === '{' || character === '(' || character === '[') depth++;
    else if (character === '}' || character === ')' || character === ']') {
      depth--;
      if (depth === 0) return at + 1;
    }
  }
  return limit;
}
