import { expect, test } from 'vitest';
import { findToday } from '../../src/cli/today.js';

test.each([
  [undefined, '2026-11-21'],
  ['1801440000', '2027-02-01'],
  ['0', '1970-01-01'],
  ['', '2026-11-21'],
  ['yesterday', '2026-11-21'],
  ['9'.repeat(30), '2026-11-21'],
])('SOURCE_DATE_EPOCH=%s', (epoch, day) => {
  expect(findToday(epoch, Date.UTC(2026, 10, 21, 23, 59))).toBe(day);
});
