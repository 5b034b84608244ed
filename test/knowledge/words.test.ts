import { expect, test } from 'vitest';
import { splitWords } from '../../src/knowledge/words.js';

test.each([
  ['userEmail', 'user email'],
  ['OPENAI_API_KEY', 'openai api key'],
  ['userSSN', 'user ssn'],
  ['SSNNumber', 'ssn number'],
  ['emailVerified', 'email verified'],
  ['userIDs', 'user ids'],
  ['icd10Code', 'icd10 code'],
  ['oauth2Token', 'oauth2 token'],
  ['x-forwarded-for', 'x forwarded for'],
  ['_private$name', 'private name'],
  ['größeÄndern', 'größe ändern'],
  ['', ''],
])('%s', (identifier, words) => {
  expect(splitWords(identifier).join(' ')).toBe(words);
});
