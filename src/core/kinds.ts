/**
 * Kinds name what a value is (source kinds) or what a place does with it (sink kinds). They are dotted, from general to special:
 * `personal.email`, `log.console`. A pattern matches a kind and all kinds below it: `personal` and `personal.*` match `personal.email`.
 *
 * Source families: `secret`, `personal`, `prompt`, `completion`, `untrusted`, `record`, `toolarg` (what a model chose as a tool's argument).
 * Sink families: `model` (`model.prompt`, `model.system`, `model.embedding`, `model.training`), `log`, `telemetry`, `storage`, `shell`, `code`,
 * `sql`, `html`, `path`, `url`, `response`, `browser`, `effect` (`effect.mail`, `effect.payment`, `effect.delete`, `effect.publish`, `effect.deploy`, `effect.stop`).
 */
export type Kind = string;

/** The part of a kind before the first dot. */
export function family(kind: Kind): string {
  const dot = kind.indexOf('.');
  return dot < 0 ? kind : kind.slice(0, dot);
}

/** Whether `pattern` (a kind, or a kind with `.*` behind it, or `*`) covers `kind`. */
export function covers(pattern: Kind, kind: Kind): boolean {
  if (pattern === '*' || pattern === kind) return true;
  const stem = pattern.endsWith('.*') ? pattern.slice(0, -2) : pattern;
  return kind === stem || kind.startsWith(`${stem}.`);
}

/**
 * What a cleaner or a guard takes away, as bits. A value whose bit of the source's or the sink's family is set no longer matters to that
 * pair: `hash` clears Secret | Personal | Content, an HTML escaper clears Html, a path jail clears Path.
 */
export enum Clears {
  Nothing = 0,
  Secret = 1 << 0,
  Personal = 1 << 1,
  /** Prompt and completion content. */
  Content = 1 << 2,
  Untrusted = 1 << 3,
  Record = 1 << 4,
  Shell = 1 << 5,
  Code = 1 << 6,
  Sql = 1 << 7,
  Html = 1 << 8,
  Path = 1 << 9,
  Url = 1 << 10,
  /** Sent to a model as instructions. */
  System = 1 << 11,
  Model = 1 << 12,
  Log = 1 << 13,
  Telemetry = 1 << 14,
  Storage = 1 << 15,
  ToolArgument = 1 << 16,
  Effect = 1 << 17,
  Everything = (1 << 18) - 1,
}

const FAMILY_BITS: Readonly<Record<string, Clears>> = {
  secret: Clears.Secret,
  personal: Clears.Personal,
  prompt: Clears.Content,
  completion: Clears.Content,
  untrusted: Clears.Untrusted,
  record: Clears.Record,
  toolarg: Clears.ToolArgument,
  shell: Clears.Shell,
  code: Clears.Code,
  sql: Clears.Sql,
  html: Clears.Html,
  path: Clears.Path,
  url: Clears.Url,
  log: Clears.Log,
  telemetry: Clears.Telemetry,
  storage: Clears.Storage,
  effect: Clears.Effect,
};

/** The bits that stand for a kind: a value cleared of any of them is no longer of (or no longer fit for) that kind. */
export function clearBits(kind: Kind): Clears {
  if (covers('model.system', kind)) return Clears.System | Clears.Model;
  if (covers('model', kind)) return Clears.Model;
  return FAMILY_BITS[family(kind)] ?? Clears.Nothing;
}

/** Parses the names that model files use: `secret`, `personal`, `content`, `all`, … Returns undefined for an unknown one. */
export function clearsByName(name: string): Clears | undefined {
  if (name === 'all') return Clears.Everything;
  if (name === 'content') return Clears.Content;
  if (name === 'system') return Clears.System;
  if (name === 'model') return Clears.Model;
  return FAMILY_BITS[name];
}
