/**
 * The knowledge base: what interfaces of packages and of the platform do with data, as files of the rules folder.
 *
 * A *model file* (`rules/models/**.yaml`, and the user's own) is about one `package:`, a list of packages with the same interface, the
 * `globals: true`, or about nothing but receivers known by name. `majors:` limits a file or one of its items to major versions of the
 * package: `">=4"`, `"<4"`, `"4 - 6"`, `">=3 <5 || 7"`; a package whose version is unknown fulfils all
 * but `">=11 known"`: what only the installed version makes so, like a default.
 *
 *     package: [openai]
 *     recipient: OpenAI                       who receives what its sinks take, unless a sink says otherwise
 *     types:                                  alias → what yields its instances
 *       Client: ["new OpenAI", "Client.withOptions()", { at: "new OpenAIApi", majors: "<4" }]
 *     lists: { hosts: ["https://api.openai.com/*"] }   values that conditions name: `(0) matches @hosts`
 *     names: { Client: [openai, "*Openai"] }  alias → receivers known by their name alone
 *     methods: [$Array]                       aliases whose members are known by their name alone, whatever the receiver
 *     sinks:                                  ports of calls where data of a kind arrives
 *       - { at: "Client.chat.completions.create(0).messages[].content", kind: model.system, when: ".role = system" }
 *     sources:                                ports of calls where data of a kind comes from; without a call, members
 *       - { at: "Client.chat.completions.create().choices[].message", kind: completion, element: the model's answer }
 *     reads: [{ at: "process.env.<secret>", kind: secret.env, element: "{}" }]       members that are sources; `{}` is their name
 *     writes: [{ at: "document.cookie", kind: storage.browser }]                     members that are sinks
 *     flows:                                  function → how data passes through its calls
 *       useState: ["(0) -> state", "state -> result.0", "result.1->0 -> state"]
 *       encodeURIComponent: [{ flow: "(0) ~> result", clears: [path, url] }]
 *       parseInt: [{ flow: "(0) ~> result", numeric: true }]
 *       pick: [{ flow: "(0).* -> result.*", keep: "(1..)" }]
 *       Schema.parse: [{ flow: "(0) -> result", parsed: true }]    through the schema on which it is called
 *       parse: [{ flow: "(1) -> result", parsed: 0 }]              through the schema that the argument of this index is
 *       Schema.cast: [{ flow: "(0) -> result", parsed: loose }]    through a schema whose objects keep what it does not name
 *       Redact: [{ flow: "(0) -> result", parsed: paths }]         without what the `paths` name of what made the function that is called
 *       $Array.filter: [{ flow: "this[] -> result[]", chosen: true }]           what the callback returns true for
 *     guards: [{ at: "$Set.has(0)", clears: [path, url], when: true }]               predicates that clear what they check
 *     tools:                                  calls that define a tool, an agent or a server, and where its parts stand: `(1).x` at the
 *                                             call, `.x` below an item of `items`, `*` the key of the item
 *       - { at: "Server.registerTool", framework: MCP, name: (0), handler: (2), schema: (1).inputSchema, server: this, host: true }
 *       - { at: generateText, items: (0).tools.*, framework: AI SDK, name: "*", handler: .execute, approval: .needsApproval }
 *     settings:                               calls that are a finding by themselves; what the code does not tell fulfils no condition
 *       - { at: query, rule: agent-unbounded-loop, when: "(0).options.maxTurns absent", message: "…", advice: "…", point: (0).options }
 *     decides: [{ at: ask, rule: prompt-to-telemetry, when: "(0).record = false" }]    calls that settle what a `fallback: true` setting would
 *     assigned:                               members whose literal value is a finding wherever it is written
 *       - { key: rejectUnauthorized, values: ["false"], rule: insecure-transport, message: "…", advice: "…" }
 *     asks: ["interrupt"]                     functions that ask a person
 *     does: [{ at: "Client.*", can: uses the network }]    what calls do as far as tools are concerned; says nothing of data
 *     in_turn:                                functions of a list that are run one after the other, each on what the one before has returned
 *       - { at: "$Array.reduce", list: this, from: (1), by: (0) }    `by` is called with the value so far and each element
 *       - { at: "_.pipe", list: (1..), from: (0) }
 *       - { at: "_.flowRight", list: (0..), backward: true }         the call makes one function of them
 *     resolves: ["path.resolve"]              functions whose result is the same place as an argument, in full
 *     callbacks: ["setTimeout(0)"]            functions that a call calls back, of which nothing else is said
 *     masks: [{ at: "new Client(0).mask", of: [acme] }]   functions, or `true`, through which all goes that the packages send
 *     redacts: ["pino(0).redact"]             lists of the paths of fields that the package leaves out of what it is handed; or what changes it:
 *       - { at: "createLogger(0).format", by: function, text: message }    see `RedactModel`
 *     wraps: ["format.combine(0..)"]          functions that do what the result of a call does
 *     closed: ["crypto.randomUUID"]           functions whose calls pass nothing on
 *     open: ["create"]                        functions whose arguments reach the result although something is said of them
 *     entries:                                functions that a framework calls because of where they stand
 *       - { name: app route, files: "**\/app/**\/route.ts", exports: [GET], parameters: [{ type: $WebRequest }] }
 *       - { name: LangChain, extends: [Tool], methods: [_call], parameters: [{ kind: toolarg }] }    methods of own classes
 *       - { name: handler, named: [req, res], parameters: [{ type: $ExpressRequest }] }    functions by the names of their first parameters
 *       - { name: App, assigned: [ontoolinput], parameters: [{ kind: toolarg }] }    functions that are assigned to a member of that name
 *
 * A *selector* begins with an alias, an export of the package, a global, or a name; `default` is the module itself, for default export,
 * namespace and `module.exports` are one. Aliases that begin with `$` and a capital are shared by all files. Then come steps:
 *
 *     .x  .*  .{a,b.c}   member, any member, either        (n)  (n..)    argument n, argument n and all behind it
 *     .<secret>          member whose name the lexicon     (n).path->m   what the callback at `path` below argument n
 *                        puts under that kind                            receives as its parameter m
 *     []                 element                           (n)->()       what the callback returns
 *     ()                 result                            (n)->m->k     what the function that the callback receives as m
 *     new X              instance                                        is called with as argument k
 *     (this)             receiver of the call
 *
 * `new X` is also a value of the written type X, so that annotations reach the state of an instance. Everything that any statement
 * mentions as a function is *closed*: its calls pass on what flows say, and nothing else.
 *
 * A *flow* is `from -> to` (the very object goes on) or `from ~> to` (something derived from it does), each end a port: `(n)`, `(n..)`,
 * `this`, `result`, `thrown`, `state` (a cell of the receiver, or of the call), `(n)->m`, `(n)->()`, `result.1->0` (what a function in
 * the result is called with), and a path below them. `x.* -> y.*` copies field by field. `clears` takes families of kinds, and `content`
 * (prompt and completion), `system`, `model`, `all`.
 *
 * A source that is a row of a database may say how the type of the row is found (`row:`), in places of the chain of calls that ends in it:
 * `base` (what the chain begins with: `User.find()`), `(n)` (an argument of the call itself), `from(0).x` (an argument of a call further up),
 * `sql (0)` (the table, or the columns, of a statement's text). `of` is where the entity stands, `keep` and `drop` list its fields, `include` the
 * related entities that come along.
 *
 *     - { at: "Db.select().from()", kind: record, row: { of: "from(0)", keep: "select(0)" } }
 *
 * A *guard* holds on the branch that `when` names (`true` unless said), for literal arguments that fulfil `if`; with `resolved: true` it clears
 * paths and addresses only where the value was resolved before. The port `(0)->()` stands for what a callback has checked.
 *
 * A *condition* (`when:`, one or several, all must hold) is `port test values`: `= a`, `!= a`, `in [a, b]`, `not in [a, b]`,
 * `matches [https://*]`, `not matches [...]`, `at most n`, `present`, `absent`; values may stand in single quotes. A port that begins
 * with a dot is a sibling of the last field of the sink's own port: `.role = system`.
 *
 * A *lexicon file* (`rules/lexicon/*.yaml`) says what names mean: see `name-pattern.ts` and `lexicon.ts`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { RequestError } from '../core/errors.js';
import { digestFiles, type RulesFile, readCompiled, writeCompiled } from './compiled-file.js';
import { Knowledge, type KnowledgeData } from './knowledge.js';
import { parseLexicon } from './lexicon.js';
import { openModelFile, parseModelFile } from './model-file.js';
import type { ModelSource } from './model-schema.js';
import { parseRules } from './rules.js';

/** Everything as the build writes it: checked, and without YAML. */
interface Compiled extends Pick<KnowledgeData, 'lexicon' | 'rules'> {
  readonly models: readonly (readonly [file: string, source: ModelSource])[];
}

/**
 * Loads the rules folder, and model files of the user's beside it. The language of these files is described above.
 *
 * @param rulesFolder absolute path of the folder that holds `rules.yaml`, `models/**.yaml` and `lexicon/*.yaml`
 * @param userFiles paths of further model files; their statements add to those of the shipped files about the same package
 * @param compiledFile path of what `compileKnowledge` wrote; used when it fits the files, else the files are parsed, which takes longer
 * @throws RequestError with file, line and column for whatever is wrong with a file
 */
export function loadKnowledge(
  rulesFolder: string,
  userFiles: readonly string[] = [],
  compiledFile: string = join(rulesFolder, '..', 'dist', 'knowledge.json'),
): Knowledge {
  const files = readRulesFolder(rulesFolder);
  const compiled = readCompiled<Compiled>(compiledFile, digestFiles(FORMAT, files));
  const data = compiled ? open(compiled) : parse(files);
  const own = userFiles.map((path) => parseModelFile(path, read(path)));
  return new Knowledge(own.length === 0 ? data : { ...data, models: [...data.models, ...own] });
}

/** The text that the build writes to `dist/knowledge.json`: everything parsed, so that a start needs no YAML. */
export function compileKnowledge(rulesFolder: string): string {
  const files = readRulesFolder(rulesFolder);
  const { models, lexicon, rules } = parse(files);
  const sources = models.map((model) => [model.file, model.source] as const);
  const compiled: Compiled = { models: sources, lexicon, rules };
  return writeCompiled(digestFiles(FORMAT, files), compiled);
}

function open({ models, lexicon, rules }: Compiled): KnowledgeData {
  return { models: models.map(([name, source]) => openModelFile(name, source)), lexicon, rules };
}

/** Parses the files of the rules folder, which come in code-unit order of their names. */
function parse(files: readonly RulesFile[]): KnowledgeData {
  const below = (folder: string) => files.filter(([name]) => name.startsWith(folder));
  return {
    models: below('models/').map(([name, text]) => parseModelFile(name, text)),
    lexicon: parseLexicon(below('lexicon/')),
    rules: below('rules.yaml').flatMap(([name, text]) => parseRules(name, text)),
  };
}

function readRulesFolder(rulesFolder: string): readonly RulesFile[] {
  const paths = ['models', 'lexicon'].flatMap((folder) => yamlFiles(join(rulesFolder, folder)));
  paths.push(join(rulesFolder, 'rules.yaml'));
  return paths
    .map((path): RulesFile => [relative(rulesFolder, path).split(sep).join('/'), read(path)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function yamlFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Raised when the compiled form changes, so that what an older build wrote is not used. */
const FORMAT = '1';

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new RequestError(`cannot be read (${code ?? 'unknown error'})`, { file: path });
  }
}
