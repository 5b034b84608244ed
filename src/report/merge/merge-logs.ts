import type { Log, Run } from 'sarif';
import type { SarifFileLimits } from '../sarif-limits.js';
import { toJson } from '../to-json.js';
import { fitRun } from './fit-run.js';
import { joinRuns, type NamedRun } from './join-runs.js';
import { packRuns } from './pack-runs.js';
import { categoryOf } from './run-category.js';

export interface NamedLog {
  /** The file that it comes from, for messages. */
  readonly name: string;
  readonly log: Log;
}

export interface Merged {
  /** The texts of the files, at least one. More than one where the runs do not fit into one file. */
  readonly texts: readonly string[];
  /** What was cut, or will not be shown, in sentences. */
  readonly notices: readonly string[];
  readonly runs: number;
  readonly results: number;
}

/**
 * Joins SARIF logs so that a code-scanning service accepts them. Runs of the same tool and category become one run, since GitHub refuses
 * a delivery that has two of them (changelog of 2025-07-21); runs of others stand side by side. The order of the logs does not matter.
 *
 * @throws RequestError when runs of the same tool and category cannot be joined
 */
export function mergeLogs(logs: readonly NamedLog[], limits: SarifFileLimits): Merged {
  const groups = new Map<string, NamedRun[]>();
  for (const { name, log } of logs) {
    for (const run of log.runs) {
      const category = categoryOf(run);
      const group = groups.get(category);
      if (group) group.push({ name, run });
      else groups.set(category, [{ name, run }]);
    }
  }
  const notices: string[] = [];
  const runs = [...groups.keys()].sort().map((category): Run => {
    const { run, notices: cut } = fitRun(joinRuns(groups.get(category)!), limits);
    notices.push(...cut);
    return run;
  });
  const files = packRuns(runs, limits, notices);
  return {
    texts: files.map((each) => toJson(createLog(each))),
    notices,
    runs: runs.length,
    results: files.flat().reduce((sum, run) => sum + (run.results?.length ?? 0), 0),
  };
}

export function createLog(runs: readonly Run[]): Log {
  return { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [...runs] };
}
