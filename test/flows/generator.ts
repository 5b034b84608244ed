import fc from 'fast-check';
import { ASYNCHRONY } from './generator/asynchrony.js';
import { CLEANING } from './generator/cleaning.js';
import { COLLECTIONS } from './generator/collections.js';
import { COMPOSITIONS } from './generator/compositions.js';
import { FUNCTIONS } from './generator/functions.js';
import { OBJECTS } from './generator/objects.js';
import { PROTOCOLS } from './generator/protocols.js';
import { SINKS } from './generator/sinks.js';
import { type Feature, Picker, type Step } from './generator/step.js';
import { VALUES } from './generator/values.js';
import { MAIN, type SinkPlace, Writer } from './generator/writer.js';
import { runProgram } from './run-program.js';

/** Sinks stand in the list several times: about every fourth step logs. */
const FEATURES: readonly Feature[] = [
  ...VALUES,
  ...COLLECTIONS,
  ...FUNCTIONS,
  ...OBJECTS,
  ...ASYNCHRONY,
  ...CLEANING,
  ...PROTOCOLS,
  ...COMPOSITIONS,
  ...Array.from({ length: 8 }, () => SINKS).flat(),
];

/** A random program of one to five files, and where it logs. */
export interface GeneratedProgram {
  /** By name, in one folder; `main.ts` is the one that is run. */
  readonly files: ReadonlyMap<string, string>;
  readonly sinks: readonly SinkPlace[];
  /** Names of the features that were used, in order. */
  readonly features: readonly string[];
}

/** What running a program showed of one of its sinks. */
export interface Verdict extends SinkPlace {
  readonly leaked: boolean;
}

/** Random programs; shrinks by leaving steps out and by simpler picks. */
export const programs: fc.Arbitrary<GeneratedProgram> = fc
  .record({
    wrapped: fc.boolean(),
    steps: fc.array(
      fc.record({
        feature: fc.integer({ min: 0, max: FEATURES.length - 1 }),
        picks: fc.array(fc.nat({ max: 11 }), { minLength: 6, maxLength: 6 }),
      }),
      { minLength: 2, maxLength: 24, size: 'max' },
    ),
  })
  .map(({ wrapped, steps }) => writeProgram(wrapped, steps));

function writeProgram(wrapped: boolean, steps: readonly Step[]): GeneratedProgram {
  const writer = new Writer(wrapped);
  const used = steps.map(({ feature, picks }) => {
    const { name, write } = FEATURES[feature]!;
    const picker = new Picker(writer, picks);
    writer.step(name, picker.picked, () => write(writer, picker));
    return name;
  });
  for (const { name } of writer.variables.filter(({ shape }) => shape !== 'thunk').slice(-2)) {
    writer.step('log', new Set([name]), () => writer.sink(`console.log(${name});`));
  }
  return { ...writer.finish(), features: used };
}

/** Runs a program and says of each sink that was reached whether it received the canary. */
export async function judgeProgram({ files, sinks }: GeneratedProgram): Promise<Verdict[]> {
  const calls = await runProgram(
    {
      main: MAIN,
      compile: (file) => ({ code: toCommonJs(files.get(file) ?? '') }),
      resolve: (_from, specifier) =>
        specifier.startsWith('./') ? specifier.slice(2).replace('.js', '.ts') : undefined,
    },
    2,
  );
  return sinks.flatMap((sink) => {
    const reached = calls.filter(({ frames }) =>
      frames.some(({ file, line }) => file === sink.file && line === sink.line),
    );
    return reached.length === 0 ? [] : [{ ...sink, leaked: reached.some(({ leaked }) => leaked) }];
  });
}

/** Generated modules as CommonJS, line by line, so that lines keep their numbers. */
function toCommonJs(text: string): string {
  const exported: string[] = [];
  const lines = text.split('\n').map((line) =>
    line
      .replace(/^import (\{.*\}) from ('.*');$/, 'const $1 = require($2);')
      .replace(/^export \{.*\} from ('.*');$/, 'Object.assign(exports, require($1));')
      .replace(/^export (?=(?:function|const|class) (\w+))/, (_match, name: string) => {
        exported.push(name);
        return '';
      }),
  );
  return `'use strict'; ${lines.join('\n')}\n${exported.map((name) => `exports.${name} = ${name};`).join('\n')}`;
}
