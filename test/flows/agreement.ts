import { DEFAULT_LIMITS } from '../../src/core/limits.js';
import { LineIndex } from '../../src/core/span.js';
import { analyse } from '../../src/engine/analyse.js';
import { explain } from '../../src/engine/explain.js';
import type { Resolution } from '../../src/engine/program.js';
import { lowerFile } from '../../src/frontend/js/lower-file.js';
import type { Knowledge } from '../../src/knowledge/knowledge.js';
import { type GeneratedProgram, judgeProgram, type Verdict } from './generator.js';

/** A sink of which the scan says something else than a run of the program showed. */
export interface Disagreement extends Verdict {
  /** Position of the program in the batch. */
  readonly program: number;
}

export interface Agreement {
  /** Sinks that were reached and leaked, and that were reached and did not. */
  readonly leaking: number;
  readonly silent: number;
  /** `leaked` says which kind: true, a missed leak; false, a false alarm. */
  readonly disagreements: readonly Disagreement[];
  readonly features: FeatureTable;
}

/** By feature: sinks that log what has gone through it. A sink counts for each feature of its values. */
export type FeatureTable = Record<string, FeatureCounts>;

export interface FeatureCounts {
  leaking: number;
  missed: number;
  silent: number;
  flagged: number;
}

/** Runs each program, scans all of them at once, and compares. */
export async function compareScanWithRun(
  programs: readonly GeneratedProgram[],
  knowledge: Knowledge,
): Promise<Agreement> {
  const reported = scanPrograms(programs, knowledge);
  let leaking = 0;
  let silent = 0;
  const disagreements: Disagreement[] = [];
  const features: FeatureTable = {};
  for (const [index, program] of programs.entries()) {
    for (const verdict of await judgeProgram(program)) {
      if (verdict.leaked) leaking += 1;
      else silent += 1;
      const found = reported.has(`p${index}/${verdict.file}:${verdict.line}`);
      if (found !== verdict.leaked) disagreements.push({ ...verdict, program: index });
      for (const feature of verdict.features) {
        features[feature] ??= { leaking: 0, missed: 0, silent: 0, flagged: 0 };
        const counts = features[feature];
        counts[verdict.leaked ? 'leaking' : 'silent'] += 1;
        if (found !== verdict.leaked) counts[verdict.leaked ? 'missed' : 'flagged'] += 1;
      }
    }
  }
  return { leaking, silent, disagreements, features };
}

/** Places, `p<program>/<file>:<line>`, at which a scan of all programs reports a leak: in memory, and with the shipped knowledge. */
function scanPrograms(programs: readonly GeneratedProgram[], knowledge: Knowledge): Set<string> {
  const texts = programs
    .flatMap(({ files }, index) => Array.from(files, ([name, text]) => ({ path: `p${index}/${name}`, text })))
    .sort((left, right) => (left.path < right.path ? -1 : 1));
  const files = texts.map(({ path, text }) => lowerFile(path, text, DEFAULT_LIMITS));
  const numbers = new Map(texts.map(({ path }, index) => [path, index]));
  const resolutions = files.map((file) =>
    file.specifiers.map(({ text }): Resolution => {
      if (!text.startsWith('./')) return { kind: 'package', specifier: text.replace('node:', ''), major: undefined };
      const target = numbers.get(file.path.replace(/[^/]*$/, '') + text.slice(2).replace('.js', '.ts'));
      return target === undefined ? { kind: 'none' } : { kind: 'file', file: target };
    }),
  );
  const { program, flows } = analyse({
    files,
    resolutions,
    knowledge,
    rules: knowledge.flowRules,
    limits: DEFAULT_LIMITS,
  });
  const places = flows.filter(({ rule }) => rule === 'secret-to-log').map((flow) => explain(program, flow).location);
  const indices = new Map(texts.map(({ path, text }) => [path, new LineIndex(text)]));
  return new Set(places.map(({ file, start }) => `${file}:${indices.get(file)?.position(start).line}`));
}

/** The program with its disagreement, for people. */
export function describeDisagreement(program: GeneratedProgram, { leaked, line }: Verdict): string {
  const texts = [...program.files].map(([file, text]) => `// ${file}\n${text}`);
  return `${leaked ? 'missed leak' : 'false alarm'} at main.ts:${line} (${program.features.join(', ')})\n${texts.join('\n')}`;
}
