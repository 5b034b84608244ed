import type { Program } from '../program.js';
import type { StaticValues } from '../tools/static-values.js';

/** Files that run before all routes of a Next.js application. */
const FRONT = /(?:^|\/)(?:src\/)?(?:middleware|proxy)\.[cm]?[jt]sx?$/;

/** What checks sessions before a route runs, and for which paths. */
export interface GuardedFronts {
  /** Whether one runs for every path, as far as the code tells. */
  readonly everywhere: boolean;
  /** Whether one runs for the path of a page or route, `/api/chat`; for a page of which nothing is known where the path is undefined. */
  covers(path: string | undefined): boolean;
}

/**
 * Middleware that checks sessions. What its `config.matcher` leaves out has nothing in front: `matcher: ['/dashboard/:path*']` guards no API.
 *
 * @param guards what the name or text of a check looks like
 */
export function guardedFronts(values: StaticValues, guards: RegExp): GuardedFronts {
  const { program } = values;
  const fronts = program.files.flatMap((file, index) =>
    FRONT.test(file.path) &&
    (file.specifiers.some(({ text }) => guards.test(text)) || file.strings.some((text) => guards.test(text)))
      ? [matchersOf(values, program, index)]
      : [],
  );
  return {
    everywhere: fronts.some((matchers) => matchers.length === 0),
    covers: (path) =>
      fronts.some((matchers) => matchers.length === 0 || matchers.some((each) => matches(each, path ?? '/a/page'))),
  };
}

/** The patterns of `config.matcher`; none where there is no such setting, or it is not told in full. */
function matchersOf(values: StaticValues, program: Program, file: number): readonly string[] {
  const { functions } = program.files[file]!;
  for (let fn = program.functionBase[file]!; fn < program.functionBase[file]! + functions.length; fn++) {
    for (const writes of values.index(fn).writes.values()) {
      for (const { key, slot } of writes) {
        if (key !== 'matcher') continue;
        const items = values
          .slot(fn, slot)
          .flatMap((item) => (item.kind === 'object' && item.array ? values.field(item, '[]') : [item]))
          .flatMap((item) => (item.kind === 'object' ? values.field(item, 'source') : [item]));
        const texts = items.flatMap((item) => (item.kind === 'text' ? [item.text] : []));
        return texts.length === items.length ? texts : [];
      }
    }
  }
  return [];
}

/**
 * Whether a pattern of Next.js matches a path: `/docs`, `/docs/:id`, `/docs/:path*`, `/docs(.*)`, `/((?!api|_next).*)`. What is written in another form
 * counts as matching.
 */
function matches(pattern: string, path: string): boolean {
  const except = /^\/\(\(\?!(.*)\)\.[*+]\)$/.exec(pattern);
  if (except) {
    const left = except[1]!.split('|').filter((each) => /^[\w/-]+$/.test(each));
    return !left.some((each) => path.startsWith(`/${each.replace(/^\//, '')}`));
  }
  const group = /^\/\(([\w|-]+)\)(\(\.\*\)|\/:\w+\*)?$/.exec(pattern);
  if (group) return group[1]!.split('|').some((each) => path === `/${each}` || path.startsWith(`/${each}/`));
  const open = /^([\w/.-]*?)(?:\/?\(\.\*\)|\/:\w+[*+]|\/\*)$/.exec(pattern);
  if (open) return path === open[1] || path.startsWith(`${open[1]!.replace(/\/$/, '')}/`);
  if (!/^(?:\/(?::?[\w.-]*))*$/.test(pattern)) return true;
  const wanted = pattern.split('/');
  const given = path.split('/');
  return wanted.length === given.length && wanted.every((each, i) => each.startsWith(':') || each === given[i]);
}

/** The path under which Next.js serves a file: groups and slots of folders are no part of it. Undefined for a file that belongs to no page. */
export function servedPath(file: string): string | undefined {
  const pages = /(?:^|\/)pages\/(api\/.*?)(?:\/index)?\.[cm]?[jt]sx?$/.exec(file);
  if (pages) return `/${pages[1]!}`;
  const app = /(?:^|\/)app\/(.*\/)[^/]*$/.exec(file);
  if (!app) return undefined;
  const segments = app[1]!.split('/').filter((each) => each !== '' && !/^[(@_]/.test(each));
  return segments.length === 0 ? undefined : `/${segments.join('/')}`;
}
