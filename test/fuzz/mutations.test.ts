import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exerciseCode, exerciseText } from './exercise.js';
import { loadRules } from './load-rules.js';
import { mutatedFiles } from './mutate.js';
import { readSources } from './sources.js';

/**
 * What CI runs. A long run is the same with other numbers: `FUZZ_RUNS=100000 FUZZ_SEED=7 npx vitest run test/fuzz/mutations.test.ts`. A fault is
 * reported with the smallest case that shows it.
 */
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_121);
const CODE_SHARE = 0.7;
const RUNS = Number(process.env.FUZZ_RUNS ?? 1_000);

const rules = await loadRules();
const { code, others } = readSources();

describe('mutated sources are scanned without a fault', () => {
  it('code', { timeout: RUNS * 1_000 }, () => {
    let functions = 0;
    fc.assert(
      fc.property(mutatedFiles(code, 2), ({ files }) => {
        for (const ir of exerciseCode(files, rules)) functions += ir.functions.length;
      }),
      { seed: SEED, numRuns: Math.round(RUNS * CODE_SHARE) },
    );
    // most mutants must still parse, or this would test the parser alone
    expect(functions).toBeGreaterThan(RUNS * 1.5);
  });

  it('settings and other texts', { timeout: RUNS * 1_000 }, () => {
    fc.assert(
      fc.property(mutatedFiles(others, 1), ({ files }) => exerciseText(files, rules)),
      { seed: SEED, numRuns: Math.round(RUNS * (1 - CODE_SHARE)) },
    );
  });
});
