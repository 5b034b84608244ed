import { describe, expect, test } from 'vitest';
import { base62, bech32Checksum, crc32, isBech32 } from '../../src/secrets/checksum.js';
import { decodeJwt } from '../../src/secrets/jwt.js';
import { scanText } from '../../src/secrets/scan-text.js';
import { passesCheck } from '../../src/secrets/structure.js';
import { expand } from './support/expand.js';
import { formats } from './support/formats.js';

/** The same text with one character replaced by another of the same kind. */
function changed(text: string, at: number): string {
  const character = text[at]!;
  const other = /\d/.test(character)
    ? String((Number(character) + 1) % 10)
    : character.toLowerCase() === 'a'
      ? 'b'
      : 'a';
  const cased = /[A-Z]/.test(character) ? other.toUpperCase() : other;
  return text.slice(0, at) + cased + text.slice(at + 1);
}

function grade(text: string) {
  return scanText('src/settings.ts', `connect("${text}");`, formats).map(({ formatId, level, profile }) => [
    formatId,
    level,
    profile,
  ]);
}

test('CRC-32 is that of IEEE 802.3, and base 62 starts with the digits', () => {
  expect(crc32('123456789')).toBe(0xcbf43926);
  expect(base62(61, 1)).toBe('z');
  expect(base62(62, 6)).toBe('000010');
});

describe('one character decides', () => {
  test.each([
    ['github-token', 'ghp_{A30}{crc62:4}'],
    ['npm', 'npm_{A30}{crc62:4}'],
  ])('%s: a wrong checksum makes a note of an error', (id, template) => {
    const token = expand(template);
    expect(grade(token)).toEqual([[id, 'error', 'recommended']]);
    for (const at of [4, 20, 33, 36, 39]) expect(grade(changed(token, at))).toEqual([[id, 'note', 'strict']]);
  });

  test('grafana: the checksum covers the prefix too', () => {
    const token = expand('glsa_{A32}_{crchex}');
    expect(grade(token)).toEqual([['grafana', 'error', 'recommended']]);
    for (const at of [5, 36]) expect(grade(changed(token, at))).toEqual([['grafana', 'note', 'strict']]);
  });

  test('age: Bech32', () => {
    const key = expand('AGE-SECRET-KEY-1{Q52}{bech32}');
    expect(isBech32(key)).toBe(true);
    expect(isBech32(changed(key, 20).replace(/[BIO]/g, 'Q'))).toBe(false);
    expect(grade(key)).toEqual([['age', 'error', 'recommended']]);
    // the sample of the specification
    expect(
      `abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7l${bech32Checksum('abcdef', 'qpzry9x8gf2tvdw0s3jn54khce6mua7l')}`,
    ).toBe('abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw');
  });

  test('openai: the marker', () => {
    const key = expand('sk-{A20}T3BlbkFJ{A20}');
    expect(grade(key)).toEqual([['openai-legacy', 'error', 'recommended']]);
    expect(grade(changed(key, 25))).toEqual([]);
  });

  test('aws: base 32 has no 1', () => {
    const id = expand('AKIA{216}');
    expect(grade(id)).toEqual([['aws-access-key-id', 'error', 'recommended']]);
    expect(grade(`${id.slice(0, 10)}1${id.slice(11)}`)).toEqual([]);
  });

  test('bedrock: what the Base64 says', () => {
    const key = expand('ABSK{b64(BedrockAPIKey-ab12-at-210987654321:)}{b80}');
    expect(passesCheck(key, { check: 'base64-text', prefix: 4, contains: 'BedrockAPIKey-' })).toBe(true);
    expect(grade(changed(key, 8))).toEqual([]);
  });

  test('discord: the first part is a number', () => {
    const good = expand('{b64(701234567890123456)}.{A6}.{w38}');
    const bad = expand('{b64(70123456789012345x)}.{A6}.{w38}');
    expect(passesCheck(good, { check: 'base64-number' })).toBe(true);
    expect(passesCheck(bad, { check: 'base64-number' })).toBe(false);
  });

  test('a private key must decode to what keys begin with', () => {
    const block = expand('{pem PRIVATE KEY}');
    expect(grade(block).map(([id]) => id)).toEqual(['private-key']);
    expect(grade(block.replace('MI', 'NI'))).toEqual([]);
  });
});

describe('JSON Web Tokens', () => {
  test('are graded by their claims', () => {
    expect(grade(expand('{jwt role=service_role iss=supabase}'))).toEqual([['json-web-token', 'error', 'recommended']]);
    expect(grade(expand('{jwt role=anon iss=supabase}'))).toEqual([]);
    expect(grade(expand('{jwt sub=1234567890x name=Eve iat=1700000000 exp=1700003600}'))).toEqual([
      ['json-web-token', 'warning', 'recommended'],
    ]);
    expect(grade(expand('{jwt sub=eve iat=1700000000 exp=2000000000}'))).toEqual([
      ['json-web-token', 'error', 'recommended'],
    ]);
  });

  test('are notes when they had expired at a date that the caller names', () => {
    const text = `connect("${expand('{jwt sub=eve iat=1500000000 exp=1600000000}')}")`;
    expect(scanText('a.ts', text, formats).map((hit) => hit.level)).toEqual(['error']);
    expect(scanText('a.ts', text, formats, { asOf: 1700000000 }).map((hit) => hit.level)).toEqual(['note']);
  });

  test('are only what decodes', () => {
    expect(decodeJwt(expand('{jwt sub=a}'))?.algorithm).toBe('HS256');
    expect(decodeJwt('eyJhIjoxfQ.eyJhIjoxfQ.abc')?.algorithm).toBeUndefined();
    expect(decodeJwt('eyJhIjoxfQ.eyJhIjoxfQ.')).toBeUndefined();
    expect(decodeJwt('eyJhIjoxfQ.fyJhIjoxfQ.abc')).toBeUndefined();
    expect(decodeJwt('no.token.here')).toBeUndefined();
  });
});
