import type { Log } from 'sarif';
import { RequestError } from '../../core/errors.js';

/**
 * Reads the text of a SARIF file, a byte order mark in front or not.
 *
 * @throws RequestError when it is no SARIF 2.1.0
 */
export function parseLog(text: string): Log {
  let log: Partial<Log> | null;
  try {
    log = JSON.parse(text.replace(/^\ufeff/, '')) as Partial<Log> | null;
  } catch {
    throw new RequestError('it is no JSON');
  }
  if (typeof log !== 'object' || log === null || !Array.isArray(log.runs)) {
    throw new RequestError('it is no SARIF, for it has no runs');
  }
  if (log.version !== '2.1.0') {
    throw new RequestError(`it is SARIF of version ${String(log.version)}, and only 2.1.0 can be merged`);
  }
  for (const run of log.runs) {
    if (typeof run?.tool?.driver?.name !== 'string') throw new RequestError('it is no SARIF, for a run names no tool');
  }
  return log as Log;
}
