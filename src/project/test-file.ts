import { relative } from 'node:path';
import { isWithin } from './paths.js';

/** Where tests are kept, by the habits of Jest, Vitest, Mocha, Playwright, Cypress and Node's own runner. */
const TEST_PATH =
  /(?:^|\/)(?:__tests__|__mocks__|tests?|specs?|e2e|cypress|integration-tests?)\/|[.-](?:test|spec|e2e|cy)\.[a-z]+$/i;

/** What only tests do: to describe a case, to import a runner. */
const TEST_CODE =
  /\b(?:describe|it|test|suite|specify)(?:\.(?:each|only|skip|todo|concurrent|serial|describe|for|runIf|skipIf)\b[^\n]{0,200})?\s*\(\s*['"`]|\bfrom\s+['"](?:vitest|@jest\/globals|node:test|mocha|chai|@playwright\/test|ava|tap|bun:test|@testing-library\/[\w-]+)['"]|\b(?:jest|vi)\.(?:fn|mock|spyOn)\(/;

/**
 * Whether a file is a test: it is kept where tests are, and does what only tests do. What a test hands to a log or a model is made up, so its data
 * is not followed; keys in it are real often enough, so it is searched for those like any other file.
 */
export function isTestFile(path: string, text: string): boolean {
  return TEST_PATH.test(path) && TEST_CODE.test(text);
}

/**
 * Whether a file is a test that the scan was not asked for by naming it, or a folder of tests.
 *
 * @param paths what the scan was asked for, absolute or relative to `root`
 */
export function isIncidentalTest(
  file: { path: string; text: string },
  root: string,
  paths: readonly string[],
): boolean {
  if (!isTestFile(file.path, file.text)) return false;
  return !paths.some((path) => {
    const asked = path.startsWith('/') ? relative(root, path) : path;
    return isWithin(file.path, asked) && (TEST_PATH.test(asked) || TEST_PATH.test(`${asked}/`));
  });
}
