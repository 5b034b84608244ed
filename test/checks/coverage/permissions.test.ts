import { describe, expect, it } from 'vitest';
import type { PermissionTest } from '../../../src/checks/check.js';
import { isBroadPermission } from '../../../src/checks/predicates/permission.js';
import { CHECKS } from './run-check.js';

const tests = [...CHECKS.settings, ...CHECKS.commands].flatMap((check) => {
  const permission = 'test' in check ? check.test.permission : check.permission;
  return permission ? [{ id: check.id, permission }] : [];
});

describe.each(tests)('$id', ({ permission }) => {
  const [tool] = permission.tools;
  const entry = (command: string) => (tool === undefined ? command : `${tool}(${command})`);
  const isBroad = (command: string, test: PermissionTest = permission) => isBroadPermission(entry(command), test);
  const listed = permission.commands.filter((command) => /^\w/.test(command));
  /** Commands that are listed without their arguments. */
  const whole = listed.filter((command) => !command.includes('*') && !listed.includes(`${command} *`));

  it('holds each command for broad with a wildcard behind it, and none where it is written out', () => {
    const only = (command: string) => ({ ...permission, commands: [command] });
    expect(listed.filter((command) => !isBroad(`${command.replaceAll('*', 'x')} *`, only(command)))).toEqual([]);
    expect(whole.filter((command) => isBroad(`${command} --some-flag`))).toEqual([]);
    expect(permission.prefix ? [] : whole.filter((command) => isBroad(command))).toEqual([]);
  });
});
