/** The flows that one function shows: sources that reach sinks, and content that reaches a model as well as a log. */
import { Clears, family } from '../core/kinds.js';
import { type Flow, isModelSink, isPromptSink } from './flow.js';
import { type Context, type Frame, type Hit, originKey, type Root } from './frame.js';
import { isHeaders } from './memory.js';
import { isNoContent, isNoContentAt, NEUTRAL } from './names.js';
import { isIndex, type PathId } from './path-table.js';
import { REJECTED, THROWN } from './rejection.js';
import type { Edge, Sink } from './summary.js';
import { memberName, writtenTypeOf } from './type-evidence.js';
import { FeatureBit } from './value.js';

/** Families of which ids, counts and the like are no part. */
const CONTENT = new Set(['completion', 'prompt', 'untrusted', 'record']);

export function raiseFlows(frame: Frame): Flow[] {
  const flows: Flow[] = [];
  for (const hit of frame.hits.values()) {
    const root = frame.roots[hit.fact.root]!;
    for (const kind of kindsOf(frame, hit, root)) flows.push(...flowsOf(frame, hit, root, kind));
  }
  flows.push(...raisePairs(frame));
  return flows;
}

/** The kinds of what arrived: what the source says of itself, and what names say of it. */
export function kindsOf(frame: Frame, hit: Hit, root: Root): string[] {
  const { label } = hit.fact;
  const kinds: string[] = [];
  if (root.origin.type === 'source') {
    const { kind } = root.origin.source;
    if (isHeaders(frame, hit.fact) && frame.context.tests.lacks(hit.fact.without, 'authorization')) return kinds;
    // A field of a row is that field, and a few fields in one text are these; only the row itself is a whole record.
    const part = family(kind) === 'record' && (isField(frame, hit.fact.path) || label !== '' || isGathered(hit.fact));
    // What a token holds under a name of its own, `decode(token).email`, is that and not the token.
    if (family(kind) === 'secret' && !hit.fact.exact && family(label) === 'personal') return [label];
    const refused = family(kind) === 'completion' && isRefusal(frame, hit.fact.path);
    if (!part && !refused && !(CONTENT.has(family(kind)) && isNoContentAt(label, hit.sink.kind))) kinds.push(kind);
    if (label && label !== NEUTRAL && family(kind) !== family(label) && family(kind) !== 'secret') kinds.push(label);
  } else if (root.origin.type === 'opaque' && label && label !== NEUTRAL) kinds.push(label);
  return kinds;
}

/** Whether a path in a provider's answer leads to why there is none: `answer.error.message`. */
function isRefusal(frame: Frame, path: PathId): boolean {
  return path !== 0 && frame.context.paths.keys(path).some((key) => key === 'error' || key === 'errors');
}

/** Whether a path leads to a field, and not just to one of several rows. */
function isField(frame: Frame, path: PathId): boolean {
  return path !== 0 && frame.context.paths.keys(path).some((key) => key !== '[]' && key !== '*' && !isIndex(key));
}

/** Whether a fact stands for several pieces of one thing, of which no more than that is known. */
export function isGathered({ exact, features }: { readonly exact: boolean; readonly features: number }): boolean {
  return !exact && (features & FeatureBit.Broadened) !== 0;
}

function flowsOf(frame: Frame, hit: Hit, root: Root, kind: string): Flow[] {
  const { sink, fact } = hit;
  const source = root.origin.type === 'source' && root.origin.source.kind === kind ? root.origin.source : undefined;
  return frame.context.rules.find(kind, sink, fact.cleared).map((rule) => ({
    rule: rule.id,
    kind,
    element: elementName(frame, hit, root, source !== undefined),
    source,
    sink,
    features: fact.features,
    trace: fact.trace,
  }));
}

/** `process.env.KEY`, `user.email`: the root's name and the path below it. */
export function elementName(frame: Frame, hit: Hit, root: Root, own: boolean): string {
  const path = frame.context.paths
    .keys(hit.fact.path)
    .filter((key) => key !== '[]' && key !== '*' && !isIndex(key) && key.charCodeAt(0) !== 37);
  if (own) return root.name;
  const member = hit.fact.label && path.length > 0 ? memberName(frame, hit.fact) : undefined;
  if (member) return member;
  if (hit.fact.labelName && !path.includes(hit.fact.labelName)) return hit.fact.labelName;
  if (root.origin.type === 'opaque' || root.origin.type === 'source')
    return path.length > 0 ? path.slice(-2).join('.') : hit.fact.labelName || root.name;
  return [root.name, ...path].filter(Boolean).slice(-2).join('.');
}

/**
 * `prompt-to-log` and its kin: content of one root that goes to a model and, the same content or a piece of it, to a log. Parameters count here,
 * in the lowest function that shows both; what is captured or belongs to an object is resolved where it is known.
 */
function raisePairs(frame: Frame): Flow[] {
  const prompts: Hit[] = [];
  const others: Hit[] = [];
  for (const hit of frame.hits.values()) {
    if (isPromptSink(hit.sink)) prompts.push(hit);
    else if (!hit.typed) others.push(hit);
  }
  const flows: Flow[] = [];
  if (prompts.length === 0) return flows;
  for (const hit of others) {
    const root = frame.roots[hit.fact.root]!;
    const { type } = root.origin;
    if (type !== 'parameter' && type !== 'opaque' && type !== 'source' && type !== 'invoke-result') continue;
    if (!isContent(frame, hit) || hit.fact.cleared & Clears.Content) continue;
    if (root.origin.type === 'source' && /^(completion|secret|toolarg)/.test(root.origin.source.kind)) continue;
    const partner = prompts.find((prompt) => sameContent(frame, prompt, hit));
    if (partner) flows.push(...promptFlows(frame.context, hit, partner.sink, elementName(frame, hit, root, false), 0));
  }
  return flows;
}

/** Content that came up at one place and arrived at a sink, in that function or in a caller to which it was returned. */
export interface Seen {
  readonly site: string;
  readonly path: PathId;
  readonly hit: Hit;
  readonly element: string;
  /** Whether the sink was reached where the content came up. */
  readonly atSite: boolean;
}

export function findSeen(frame: Frame): Seen[] {
  const result: Seen[] = [];
  for (const hit of frame.hits.values()) {
    const root = frame.roots[hit.fact.root]!;
    const { origin } = root;
    if (origin.type !== 'opaque' && origin.type !== 'source') continue;
    if (origin.type === 'source' && /^(completion|secret|toolarg)/.test(origin.source.kind)) continue;
    if (!/^(log|telemetry|storage|model\.(prompt|system))/.test(hit.sink.kind) || !isContent(frame, hit)) continue;
    const site = origin.type === 'source' ? origin.source : origin.site;
    result.push({
      site: `${site.function}:${site.start}:${root.name}`,
      path: hit.fact.path,
      hit,
      element: elementName(frame, hit, root, false),
      atSite: site.function === frame.fn,
    });
  }
  return result;
}

/**
 * Content that goes to a log where it comes up and to a model in a caller, or the other way round. Not where both happen in callers: two callers
 * of one helper have two contents.
 */
export function raiseAcross(context: Context, seen: readonly Seen[]): Flow[] {
  const bySite = new Map<string, Seen[]>();
  for (const one of seen) {
    const list = bySite.get(one.site);
    if (list) list.push(one);
    else bySite.set(one.site, [one]);
  }
  const flows: Flow[] = [];
  for (const list of bySite.values()) {
    const prompts = list.filter(({ hit }) => isPromptSink(hit.sink));
    if (prompts.length === 0) continue;
    for (const { hit, path, element, atSite } of list) {
      if (isModelSink(hit.sink.kind) || hit.fact.cleared & Clears.Content) continue;
      const partner = prompts.find((prompt) => atSite !== prompt.atSite && context.paths.overlaps(prompt.path, path));
      if (partner) flows.push(...promptFlows(context, hit, partner.hit.sink, element, 0));
    }
  }
  return flows;
}

/** Content that is logged here, and written to a cell: it is a prompt where that cell goes to a model. */
export interface Kept {
  readonly frameFunction: number;
  readonly hit: Hit;
  readonly element: string;
  readonly edge: Edge;
}

export function findKept(frame: Frame): Kept[] {
  const result: Kept[] = [];
  const writes = [...frame.edges.values(), ...frame.settled.values()].filter(
    (edge) => edge.to.type === 'cell' || edge.to.type === 'this',
  );
  if (writes.length === 0) return result;
  for (const hit of frame.hits.values()) {
    if (isModelSink(hit.sink.kind) || !/^(log|telemetry|storage)/.test(hit.sink.kind)) continue;
    const root = frame.roots[hit.fact.root]!;
    const { origin } = root;
    if (origin.type !== 'parameter' && origin.type !== 'opaque' && origin.type !== 'source') continue;
    if (origin.type === 'source' && /^(completion|secret|toolarg)/.test(origin.source.kind)) continue;
    if (!isContent(frame, hit) || hit.fact.cleared & Clears.Content) continue;
    const key = originKey(origin);
    for (const edge of writes) {
      if (originKey(edge.from) !== key || !frame.context.paths.overlaps(edge.fromPath, hit.fact.path)) continue;
      result.push({ frameFunction: frame.fn, hit, element: elementName(frame, hit, root, false), edge });
    }
  }
  return result;
}

/** Labels of what tells who someone is: personal data by itself, wherever else it goes. */
const WHO = /^personal\.(?:name|email|phone|address|contact|identity|identifier)/;

export function isContent(frame: Frame, hit: Hit): boolean {
  if (isNoContent(hit.fact.label) || WHO.test(hit.fact.label)) return false;
  const { paths, names } = frame.context;
  // A caught error by itself is no content, and neither is the configuration of what runs the program.
  if (paths.keys(hit.fact.path).some((key) => key === REJECTED || key === THROWN || key === 'env')) return false;
  const last = paths.last(hit.fact.path);
  if (last && isNoContent(names.label(last))) return false;
  const field = hit.keys[hit.keys.length - 1];
  if (field && isNoContent(names.label(field))) return false;
  const type = writtenTypeOf(frame, hit.fact);
  return !type || frame.context.evidence.shapes.shape(type).scalar === '';
}

/** What a model gets redacted is still content, and so is what it was made from. */
function sameContent(frame: Frame, prompt: Hit, hit: Hit): boolean {
  if (prompt.fact.root !== hit.fact.root || !isContent(frame, prompt)) return false;
  if (!frame.context.paths.overlaps(prompt.fact.path, hit.fact.path)) return false;
  return true;
}

export function promptFlows(context: Context, hit: Hit, partner: Sink, element: string, features: number): Flow[] {
  return context.rules.find('prompt', hit.sink, hit.fact.cleared).map((rule) => ({
    rule: rule.id,
    kind: 'prompt',
    element,
    source: undefined,
    sink: hit.sink,
    features: hit.fact.features | features,
    trace: hit.fact.trace,
    partner,
  }));
}
