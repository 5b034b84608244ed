import type { Span } from '../core/span.js';
import type { FindSecrets } from './mask.js';

/**
 * A small, conservative net for what must never be printed, used beside the detector of the secrets scan: well-known key formats, and
 * literals that are assigned to a name that says credential. It may mask a harmless literal in a code frame; that costs little.
 */
export const findBuiltInSecrets: FindSecrets = (text) => {
  const spans: Span[] = [];
  for (const format of FORMATS) {
    for (const match of text.matchAll(format)) spans.push({ start: match.index, end: match.index + match[0].length });
  }
  for (const match of text.matchAll(ASSIGNMENT)) {
    const value = match[2]!;
    if (!/\d/.test(value) || !/[A-Za-z]/.test(value)) continue;
    const start = match.index + match[1]!.length;
    spans.push({ start, end: start + value.length });
  }
  return spans;
};

/** Each is linear in the text: no two neighbouring repetitions can match the same character. */
const FORMATS: readonly RegExp[] = [
  // OpenAI, Anthropic, OpenRouter, DeepSeek, Stripe and others
  /\b(?:sk|rk|pk)[-_][A-Za-z0-9_-]{16,}/g,
  /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g,
  /\bgh[pousr]_[A-Za-z0-9]{20,}/g,
  /\bgithub_pat_[A-Za-z0-9_]{20,}/g,
  /\bglpat-[A-Za-z0-9_-]{16,}/g,
  /\bAIza[A-Za-z0-9_-]{30,}/g,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g,
  /\bhf_[A-Za-z0-9]{20,}/g,
  /\bgsk_[A-Za-z0-9]{20,}/g,
  /\br8_[A-Za-z0-9]{20,}/g,
  /\bxai-[A-Za-z0-9]{20,}/g,
  /\bnpm_[A-Za-z0-9]{30,}/g,
  /\beyJ[A-Za-z0-9_-]{8,400}\.eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]*/g,
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[A-Za-z0-9+/=\s\\]*/g,
  // the password of a URL with credentials
  /(?<=:\/\/[^\s:/@'"]{1,64}:)[^\s:/@'"{}$]{6,}(?=@)/g,
];

/** `apiKey: 'value'`, `PASSWORD="value"`: group 1 leads up to the value, group 2 is the value. */
const ASSIGNMENT =
  /((?:secret|token|passw(?:or)?d|passphrase|api_?key|access_?key|private_?key|auth_?key|credential)s?["']?[ \t]{0,8}[:=][ \t]{0,8}["'`])([^\s"'`{}$]{12,})(?=["'`])/gi;
