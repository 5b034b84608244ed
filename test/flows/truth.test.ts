import { join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FLOWS, type FlowCase, listCases, listFeatures, NOT_RUN } from './cases.js';
import { compileTypeScript } from './compile-typescript.js';
import { resolveModule } from './resolve-module.js';
import { type Frame, runProgram, type SinkCall } from './run-program.js';

/** What a program does decides what is right: every case that can be run is run, and its annotations must agree. */
describe.each(listFeatures().filter((feature) => !NOT_RUN.has(feature)))('%s', (feature) => {
  it.concurrent.each(listCases(feature).map((flow) => [flow.name, flow] as const))('%s', async (_name, flow) => {
    const calls = await runCase(flow);
    const expected = new Set(flow.expectations.map(({ file, line }) => `${file}:${line}`));
    const leaking = calls.filter((call) => call.leaked).map((call) => placesOf(feature, call));
    const received = new Set(leaking.flat());
    expect({
      'annotated, and did not receive the canary': [...expected].filter((place) => !received.has(place)),
      'received the canary, and is not annotated': leaking
        .filter((places) => !places.some((place) => expected.has(place)))
        .map(([place]) => place),
      'sinks called': calls.length > 0,
    }).toEqual({
      'annotated, and did not receive the canary': [],
      'received the canary, and is not annotated': [],
      'sinks called': true,
    });
  });
});

function runCase(flow: FlowCase): Promise<SinkCall[]> {
  const folder = join(FLOWS, flow.feature);
  const [top = ''] = flow.main.split('/');
  const root = flow.main.includes('/') ? join(folder, top) : folder;
  return runProgram({
    main: join(folder, flow.main),
    compile: compileTypeScript,
    resolve: (from, specifier) => resolveModule(root, from, specifier),
  });
}

function placesOf(feature: string, call: SinkCall): string[] {
  const place = ({ file, line }: Frame) => `${relative(join(FLOWS, feature), file).split(sep).join('/')}:${line}`;
  return call.frames.map(place);
}
