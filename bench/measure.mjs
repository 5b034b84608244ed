/** Loaded into a measured process: writes what it used to the file that BENCH_REPORT names. CPU in seconds, peak memory in megabytes. */
import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const { BENCH_REPORT } = process.env;

if (BENCH_REPORT && isMainThread) {
  process.on('exit', () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    writeFileSync(BENCH_REPORT, JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, peak: maxRSS / 1024 }));
  });
}
