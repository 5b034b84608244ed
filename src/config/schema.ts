import { z } from 'zod';

/** The names that a configuration may use beside its own. */
export interface Vocabulary {
  /** Rules by id. */
  readonly rules: readonly string[];
  /** Shipped policies. */
  readonly policies: readonly string[];
}

const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const NAME = /^[\w$]+(?:\.#?[\w$]+)?$/;
const PACKAGE = /^(?:@[\w.-]+\/)?[\w.-]+(?:\/[\w.-]+)*$/;
const CLEARS = ['secret', 'personal', 'content', 'untrusted', 'record', 'all'] as const;

const text = z.string().min(1, 'is empty');
const texts = z.union([text, z.array(text)]);

/**
 * The shape of a configuration: everything that can be checked without looking at files. Descriptions are what editors show.
 * `extends` and the paths of other files are relative to the file that they stand in; globs are relative to the folder of the configuration
 * that is used, also those of a file that it extends.
 */
export function configurationSchema({ rules, policies }: Vocabulary) {
  const rule = z.enum(rules as [string, ...string[]]);
  const level = z.enum(['error', 'warning', 'note', 'off']);
  const levels = z.partialRecord(rule, level);
  const day = z.string().regex(DAY, 'is no day such as 2027-01-31');
  const allowed = z.union([
    z.enum(['never', 'any']),
    z.array(text),
    z.strictObject({ never: z.array(text).min(1, 'is empty') }),
  ]);

  const recipient = z
    .strictObject({
      provider: texts.optional().describe('Who it is, as findings name it: OpenAI, Sentry.'),
      host: texts.optional().describe('Globs of host names: *.openai.azure.com'),
      sink: texts.optional().describe('Kinds of sinks: model, log, telemetry, storage.database.'),
    })
    .refine((each) => Object.keys(each).length > 0, 'a recipient needs a provider, host or sink');

  const policy = z.strictObject({
    name: text.describe('What findings call the policy.'),
    data: z
      .record(text, allowed)
      .describe('Data classes, and to whom they may go: never, any, a list, or { never: [...] }.'),
  });

  const redactor = z
    .strictObject({
      name: z
        .string()
        .regex(NAME, 'is no name of a function, or of a class and a method')
        .describe('The exported function, or Class.method.'),
      package: z.string().regex(PACKAGE, 'is no name of a package').optional(),
      file: text.optional(),
      clears: z.array(z.enum(CLEARS)).min(1, 'is empty').describe('What its result no longer holds.'),
    })
    .refine(
      (each) => (each.package === undefined) !== (each.file === undefined),
      'a redactor needs either a package or a file',
    );

  const suppression = z
    .strictObject({
      rule: z.union([rule, z.array(rule).min(1, 'is empty')]).optional(),
      files: texts.optional(),
      fingerprint: z
        .string()
        .regex(/^[0-9a-f]{32}(?::\d+)?$/, 'is no fingerprint')
        .optional(),
      reason: text.describe('Why this is no leak, or why it is accepted.'),
      until: day.optional().describe('The last day on which it counts.'),
    })
    .refine(
      (each) => each.fingerprint !== undefined || (each.rule !== undefined && each.files !== undefined),
      'a suppression needs a rule and files, or a fingerprint',
    );

  const dataClass = z.union([
    z.array(text),
    z.strictObject({ names: z.array(text), confidence: z.enum(['high', 'medium', 'low']).optional() }),
  ]);

  return z.strictObject({
    $schema: z.string().optional(),
    extends: texts.optional().describe('Configurations that this one adds to.'),
    include: texts.optional().describe('Globs of the files to scan; all by default.'),
    exclude: texts.optional().describe('Globs of files and folders to leave out.'),
    profile: z.enum(['recommended', 'strict']).optional(),
    rules: levels.optional().describe('Levels of rules, or off.'),
    overrides: z
      .array(z.strictObject({ files: texts, rules: levels }))
      .optional()
      .describe('Levels of rules for some files; later ones win.'),
    models: texts.optional().describe('Own model files.'),
    lexicon: texts.optional().describe('Own lexicon files.'),
    secrets: texts.optional().describe('Own files of secret formats.'),
    data: z
      .record(z.string().regex(/^[a-z]+(?:[.-][a-z0-9]+)*$/, 'is no data class such as personal.patient-id'), dataClass)
      .optional()
      .describe('Own data classes, and the names of variables and fields that hold such data.'),
    redactors: z.array(redactor).optional().describe('Functions that are trusted to clean what they are given.'),
    recipients: z.record(text, recipient).optional().describe('Names for who receives data, for policies.'),
    policies: z
      .array(z.union([z.enum(policies as [string, ...string[]]), policy]))
      .optional()
      .describe('Which data may go to whom: shipped policies by name, and own ones.'),
    suppressions: z
      .array(suppression)
      .optional()
      .describe('Findings that do not count, for files that cannot hold comments.'),
    cache: z.boolean().optional().describe('Whether to remember what was read. Where, only the command line says.'),
    tests: z.boolean().optional().describe('Whether code of tests is followed too.'),
    types: z
      .boolean()
      .optional()
      .describe('Whether the TypeScript compiler is asked where nothing else tells of a type.'),
    jobs: z
      .number('expected a number')
      .int('expected a whole number')
      .min(1, 'must be at least 1')
      .max(9999, 'must be at most 9999')
      .optional(),
    failOn: z.enum(['error', 'warning', 'note', 'never']).optional().describe('From which level on a scan fails.'),
  });
}

/** A configuration file's content. */
export type ConfigurationSource = z.infer<ReturnType<typeof configurationSchema>>;

export type PolicySource = Exclude<NonNullable<ConfigurationSource['policies']>[number], string>;
