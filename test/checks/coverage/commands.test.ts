import { describe, expect, it } from 'vitest';
import type { CommandCheck } from '../../../src/checks/check.js';
import { casesOf } from './cases.js';
import { CHECKS, count } from './run-check.js';

const cases = casesOf('commands');

it('every case belongs to a check', () => {
  const known = new Set(CHECKS.commands.map(({ id }) => id));
  expect([...cases.keys()].filter((id) => !known.has(id))).toEqual([]);
});

describe.each(CHECKS.commands)('$id', (check) => {
  const programs = check.programs.map((program) => program.replaceAll('*', 'x'));
  /** A package is started by its runner. */
  const start = (program: string) => (program.startsWith('@') ? `npx ${program}` : program);
  const lines = (state: 'fires' | 'silent') => (cases.get(check.id)?.[state] ?? []) as readonly string[];
  const written = (line: string) =>
    line.includes('{program}') ? programs.map((program) => line.replace('{program}', start(program))) : [line];
  const fires = lines('fires').flatMap(written);
  const silent = lines('silent').flatMap(written);
  const isFound = (line: string, only: CommandCheck) => count('run.sh', `${line}\n`, { commands: [only] }) > 0;

  it('fires for each of its lines, and is silent for each', () => {
    expect(fires.filter((line) => !isFound(line, check))).toEqual([]);
    expect(silent.filter((line) => isFound(line, check))).toEqual([]);
  });

  it('fires for each program and flag that it lists', () => {
    const unproven = [
      ...check.programs.map((program): [string, CommandCheck] => [program, { ...check, programs: [program] }]),
      ...check.flags.map((flag): [string, CommandCheck] => [flag, { ...check, flags: [flag] }]),
      ...tools(check),
    ].filter(([, only]) => !fires.some((line) => isFound(line, only)));
    expect(unproven.map(([name]) => name)).toEqual([]);
  });

  it('is silent for another use of each program', () => {
    const unproven = programs.filter((program) => !silent.some((line) => line.split(' ').includes(program)));
    expect(unproven).toEqual([]);
    expect(silent.length).toBeGreaterThan(0);
  });

  it('is silent where a flag is only spoken of, and by each flag that makes it harmless', () => {
    const spoken = fires.flatMap((line) => [`echo "${line.replaceAll('"', '')}"`, `# ${line}`]);
    expect(spoken.filter((line) => isFound(line, check))).toEqual([]);
    const narrowing = check.without.filter((flag) => {
      const wider = { ...check, without: check.without.filter((other) => other !== flag) };
      return !silent.some((line) => isFound(line, wider));
    });
    expect(narrowing).toEqual([]);
  });
});

function tools(check: CommandCheck): [string, CommandCheck][] {
  const { permission } = check;
  return (permission?.tools ?? []).map((tool) => [
    `tool ${tool}`,
    { ...check, permission: { ...permission!, tools: [tool], folders: [] } },
  ]);
}
