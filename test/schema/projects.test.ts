import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareFixture } from '../fixtures/scan-fixture.js';

const PROJECTS = join(import.meta.dirname, '../../fixtures/projects');

/** The fields that findings name, by rule. */
const FIELDS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'prisma-clinic': {
    'personal-data-to-log': ['Patient.email', 'Patient.salutation', 'Visit.diagnosis'],
    'personal-data-to-model': ['Patient.email'],
    'personal-data-to-telemetry': ['Patient.email', 'Patient.salutation'],
    'record-to-model': ['Patient: email, salutation'],
  },
  'drizzle-shop': {
    'personal-data-to-log': [
      'Customer.email',
      'Customer.phone',
      'customers.email',
      'customers.phone',
      'orders.shippingAddress',
    ],
    'personal-data-to-model': ['customers.email'],
    'personal-data-to-telemetry': ['customers.email', 'customers.phone'],
    'record-to-model': ['customers: email, phone'],
  },
  'typeorm-bank': {
    'personal-data-to-log': ['AccountHolder.fullName', 'AccountHolder.iban', 'AccountHolder.nickname'],
    'personal-data-to-model': ['AccountHolder.iban'],
    'personal-data-to-telemetry': ['AccountHolder.fullName', 'AccountHolder.iban', 'AccountHolder.nickname'],
    'record-to-model': ['AccountHolder: fullName, iban, nickname'],
  },
  'mongoose-club': {
    'personal-data-to-log': ['Coach.phone', 'Coach.salary', 'Member.birthDate', 'Member.email', 'Member.street'],
    'personal-data-to-model': ['Member.street'],
    'personal-data-to-telemetry': ['Member.birthDate', 'Member.email', 'Member.street'],
    'record-to-model': ['Member: email, birthDate, address.street'],
  },
};

describe('rows are named by their fields', () => {
  it.each(Object.entries(FIELDS))('%s', async (name, fields) => {
    const { result } = await compareFixture(join(PROJECTS, name));
    const found: Record<string, string[]> = {};
    for (const { ruleId, data } of result.findings) {
      found[ruleId] ??= [];
      if (data && !found[ruleId].includes(data.element)) found[ruleId].push(data.element);
    }
    for (const elements of Object.values(found)) elements.sort();
    expect(found).toEqual(fields);
  });
});
