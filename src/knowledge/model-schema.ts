import { z } from 'zod';
import { CAPABILITIES } from '../core/tool.js';

/** The shape of a model file, before its selectors are parsed. The grammar is described in `load.ts`. */
const texts = z.union([z.string(), z.array(z.string())], 'expected a text or a list of texts');
const kind = z
  .string()
  .regex(/^[a-z]+(-[a-z]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/, 'expected a dotted kind such as log.console');
const when = texts;
const common = { majors: z.string().optional() };

const flow = z.union([
  z.string(),
  z.strictObject({
    flow: z.string(),
    clears: z.array(z.string()).optional(),
    when: when.optional(),
    numeric: z.boolean().optional(),
    later: z.boolean().optional(),
    keep: z.string().optional(),
    drop: z.string().optional(),
    parsed: z.union([z.boolean(), z.enum(['loose', 'paths']), z.number().int().nonnegative()]).optional(),
    chosen: z.boolean().optional(),
    ...common,
  }),
]);

const sink = z.strictObject({
  at: texts,
  kind,
  recipient: z.string().optional(),
  when: when.optional(),
  note: z.string().optional(),
  shape: z.boolean().optional(),
  field: z.string().optional(),
  host: z.string().optional(),
  ...common,
});

const row = z.strictObject({
  of: texts.optional(),
  keep: texts.optional(),
  drop: texts.optional(),
  include: texts.optional(),
});

const source = z.strictObject({
  at: texts,
  kind,
  element: z.string().optional(),
  when: when.optional(),
  row: row.optional(),
  ...common,
});

const read = z.strictObject({ at: texts, kind, element: z.string().optional(), ...common });
const write = z.strictObject({ at: texts, kind, recipient: z.string().optional(), ...common });

const guard = z.strictObject({
  at: texts,
  clears: z.array(z.string()),
  when: z.boolean().optional(),
  if: when.optional(),
  resolved: z.boolean().optional(),
  ...common,
});

const entry = z.strictObject({
  name: z.string(),
  files: z.string().optional(),
  exports: z.array(z.string()).optional(),
  directive: z.string().optional(),
  extends: z.array(z.string()).optional(),
  methods: z.array(z.string()).optional(),
  named: z.array(z.string()).min(1).optional(),
  assigned: z.array(z.string()).min(1).optional(),
  returns: z.strictObject({ kind, recipient: z.string() }).optional(),
  parameters: z.array(z.strictObject({ type: z.string().optional(), kind: kind.optional() })).optional(),
});

const tool = z.strictObject({
  at: texts,
  kind: z.enum(['tool', 'agent', 'server']).optional(),
  framework: z.string(),
  items: z.string().optional(),
  name: texts.optional(),
  handler: texts.optional(),
  schema: texts.optional(),
  annotations: texts.optional(),
  approval: texts.optional(),
  tools: texts.optional(),
  server: texts.optional(),
  host: z.boolean().optional(),
  dispatch: z.array(z.string()).optional(),
  list: z.array(z.string()).optional(),
  types: z.array(z.string()).min(1).optional(),
  when: when.optional(),
  can: z.partialRecord(z.enum(CAPABILITIES), z.enum(['model', 'confined', 'code'])).optional(),
  ...common,
});

const setting = z.strictObject({
  at: texts,
  each: z.string().optional(),
  asked: z.literal(true).optional(),
  rule: z.string(),
  when: when.optional(),
  message: z.string(),
  advice: z.string(),
  point: z.string().optional(),
  project: z.string().optional(),
  fallback: z.boolean().optional(),
  ...common,
});

const decision = z.strictObject({ at: texts, rule: z.string(), when, ...common });

const assigned = z.strictObject({
  key: z.string(),
  values: z.array(z.string()).min(1),
  any: z.boolean().optional(),
  under: z.string().optional(),
  unless: z.record(z.string(), z.array(z.string())).optional(),
  rule: z.string(),
  message: z.string(),
  advice: z.string(),
});

const mask = z.strictObject({
  at: texts,
  of: z.array(z.string()).min(1),
  rules: z.array(z.string()).optional(),
  fields: z.record(z.string(), z.string()).optional(),
  ...common,
});

const redact = z.strictObject({
  at: texts,
  by: z.enum(['paths', 'keys', 'function', 'fields', 'processor']),
  of: z.array(z.string()).optional(),
  text: z.string().optional(),
  methods: z.array(z.string()).optional(),
  below: z.array(z.string()).optional(),
  ...common,
});

const type = z.union([z.string(), z.strictObject({ at: z.string(), ...common })]);

const inTurn = z.strictObject({
  at: texts,
  list: z.string(),
  from: z.string().optional(),
  by: z.string().optional(),
  backward: z.literal(true).optional(),
  ...common,
});

const does = z.strictObject({ at: texts, can: z.enum(CAPABILITIES), ...common });

export const modelSchema = z.strictObject({
  package: texts.optional(),
  globals: z.literal(true).optional(),
  recipient: z.string().optional(),
  majors: z.string().optional(),
  lists: z.record(z.string(), z.array(z.string())).optional(),
  types: z.record(z.string(), z.array(type)).optional(),
  names: z.record(z.string(), z.array(z.string())).optional(),
  methods: z.array(z.string()).optional(),
  sinks: z.array(sink).optional(),
  sources: z.array(source).optional(),
  reads: z.array(read).optional(),
  writes: z.array(write).optional(),
  guards: z.array(guard).optional(),
  flows: z.record(z.string(), z.array(flow)).optional(),
  callbacks: z.array(z.string()).optional(),
  closed: z.array(z.string()).optional(),
  open: z.array(z.string()).optional(),
  entries: z.array(entry).optional(),
  tools: z.array(tool).optional(),
  settings: z.array(setting).optional(),
  decides: z.array(decision).optional(),
  assigned: z.array(assigned).optional(),
  masks: z.array(mask).optional(),
  redacts: z.array(z.union([z.string(), redact])).optional(),
  wraps: z.array(z.string()).optional(),
  asks: z.array(z.string()).optional(),
  resolves: z.array(z.string()).optional(),
  serves: z.array(z.string()).optional(),
  listens: z.array(z.string()).optional(),
  does: z.array(does).optional(),
  in_turn: z.array(inTurn).optional(),
});

export type ModelSource = z.infer<typeof modelSchema>;
