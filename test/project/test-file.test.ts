import { expect, test } from 'vitest';
import { isIncidentalTest, isTestFile } from '../../src/project/test-file.js';

const CASE = "import { it } from 'vitest';\nit('works', () => {});\n";

test('a test is kept where tests are and does what only tests do', () => {
  const tests = ['src/a.test.ts', 'src/__tests__/a.ts', 'test/a.js', 'packages/x/e2e/login.spec.ts', 'cypress/a.cy.js'];
  expect(tests.filter((path) => !isTestFile(path, CASE))).toEqual([]);
  const others = ['src/a.ts', 'src/latest/a.ts', 'src/contest.ts', 'src/testing-library.ts'];
  expect(others.filter((path) => isTestFile(path, CASE))).toEqual([]);
});

test('a folder called test may hold programs', () => {
  expect(isTestFile('test/server.js', "app.get('/', (request, response) => response.send(request.query.q));")).toBe(
    false,
  );
  expect(isTestFile('tests/case.ts', 'logger.info(user.email);')).toBe(false);
});

test('tests that were asked for are no incident', () => {
  const file = { path: 'packages/x/tests/a.test.ts', text: CASE };
  expect(isIncidentalTest(file, '/r', [])).toBe(true);
  expect(isIncidentalTest(file, '/r', ['packages/x'])).toBe(true);
  expect(isIncidentalTest(file, '/r', ['packages/x/tests'])).toBe(false);
  expect(isIncidentalTest(file, '/r', ['/r/packages/x/tests/a.test.ts'])).toBe(false);
});
