import type { Confidence, Level, Profile } from '../core/finding.js';
import type { Candidate } from './candidate.js';
import { fabricationOf } from './fabrication.js';
import type { FileContext } from './file-context.js';
import { LEVEL_OF_POWER, type Power, type SecretFormats } from './format.js';
import type { TextContext } from './hit.js';
import { judgeUrl } from './judge-url.js';
import { decodeJwt } from './jwt.js';
import { fingerprintValue } from './mask.js';
import { CHECKSUMS, hasStructure, passesCheck } from './structure.js';
import { wordShare } from './word-share.js';

/** How a candidate is reported. */
export interface Verdict {
  readonly level: Level;
  readonly profile: Profile;
  readonly confidence: Confidence;
  readonly power: Power;
  /** What speaks for or against it, for the message; ends of a sentence. */
  readonly remarks: readonly string[];
}

/** Characters before and behind a value that tell what it belongs to. */
const NEAR = 300;
/** In seconds. */
const SHORT_LIFE = 31 * 24 * 3600;

/** Decides whether and how a candidate is reported; undefined for what is no live-looking credential. Pure. */
export function judge(
  candidate: Candidate,
  text: string,
  file: FileContext,
  formats: SecretFormats,
  context: TextContext,
): Verdict | undefined {
  const { format, value } = candidate;
  if (formats.documented.has(fingerprintValue(value))) return undefined;
  if (candidate.url) return judgeUrl(candidate.url, file, format.power);
  if (!hasStructure(format, value)) return undefined;
  const isToken = format.checks.some((check) => check.check === 'jwt');
  const opaque = isToken || format.recognition === 'key-block';
  const fabrication = opaque ? undefined : fabricationOf(bodyOf(candidate));
  if (fabrication === 'placeholder' || (!opaque && format.recognition !== 'value' && isPhrase(bodyOf(candidate))))
    return undefined;
  const power = powerOf(candidate, text);
  if (power === 'public') return undefined;
  const note = (remark: string): Verdict => ({
    level: 'note',
    profile: 'strict',
    confidence: 'low',
    power,
    remarks: [remark],
  });
  if (format.checks.some((check) => CHECKSUMS.has(check.check) && !passesCheck(value, check))) {
    return note('its checksum does not hold, so it cannot be a live one');
  }
  if (isToken) return judgeJwt(candidate, file, power, context);
  if (power === 'test') return file.role === 'production' ? note('it works on test data only') : undefined;
  if (fabrication === 'synthetic') return judgeSynthetic(candidate, file, power);
  if (format.recognition === 'value') return judgeValue(candidate, file, power);
  return judgeShaped(candidate, file, power);
}

/** The part of a value that is not the fixed beginning of its format. */
function bodyOf(candidate: Candidate): string {
  const folded = candidate.value.toLowerCase();
  const prefix = candidate.format.keywords.find((keyword) => folded.startsWith(keyword.toLowerCase()));
  return candidate.value.slice(prefix?.length ?? 0);
}

/** Identifiers and phrases that begin like a key: `jina_embeddings_v2_base_en`. */
function isPhrase(body: string): boolean {
  return /[-_. ].*[-_. ]/.test(body) && wordShare(body) > 0.6 && body.replace(/\D/g, '').length < body.length * 0.15;
}

function powerOf(candidate: Candidate, text: string): Power {
  const { format, value, start, end, name } = candidate;
  const condition = format.powers.find(({ on, matches }) => {
    if (on === 'value') return matches.test(value);
    if (on === 'claims') return matches.test(decodeJwt(value)?.claimsText ?? '');
    return matches.test(`${name ?? ''} ${text.slice(Math.max(0, start - NEAR), start)} ${text.slice(end, end + NEAR)}`);
  });
  return condition?.power ?? format.power;
}

/**
 * Typed to look like a credential: reported, with little confidence, where the program itself uses it and its shape is complete. A shape
 * that more than keys of that provider fit says nothing then.
 */
function judgeSynthetic(candidate: Candidate, file: FileContext, power: Power): Verdict | undefined {
  if (file.role !== 'production' || file.generated || candidate.format.certainty === 'low') return undefined;
  if (candidate.format.recognition === 'value' && !(candidate.evidence === 'chosen' && candidate.nameClass === 'own'))
    return undefined;
  return { level: 'warning', profile: 'recommended', confidence: 'low', power, remarks: ['it looks made up'] };
}

function judgeShaped(candidate: Candidate, file: FileContext, power: Power): Verdict | undefined {
  const { certainty, recognition } = candidate.format;
  if (file.generated && certainty === 'low') return undefined;
  const level = LEVEL_OF_POWER[power];
  const confidence: Confidence = certainty === 'high' ? 'high' : 'medium';
  if (file.role === 'production') {
    if (recognition === 'key-block' && file.generated)
      return { level: 'note', profile: 'strict', confidence: 'low', power, remarks: [] };
    return { level, profile: 'recommended', confidence, power, remarks: [] };
  }
  const remarks = [`it stands in ${PLACES[file.role]}`];
  if (recognition === 'key-block' || certainty !== 'high')
    return { level: 'note', profile: 'strict', confidence: 'low', power, remarks };
  return { level: lower(level), profile: 'recommended', confidence: 'medium', power, remarks };
}

const PLACES: Readonly<Record<FileContext['role'], string>> = {
  production: 'the program',
  test: 'a test',
  example: 'an example',
  documentation: 'documentation',
};

function lower(level: Level): Level {
  return level === 'error' ? 'warning' : level;
}

/** Values without a known shape: what they are called and how random they look is all there is. */
function judgeValue(candidate: Candidate, file: FileContext, power: Power): Verdict | undefined {
  if (file.generated) return undefined;
  const { evidence, nameClass } = candidate;
  const strict: Verdict = { level: 'note', profile: 'strict', confidence: 'low', power, remarks: [] };
  if (evidence === 'weak') return file.role === 'production' ? strict : undefined;
  if (file.role !== 'production') return evidence === 'random' ? strict : undefined;
  if (evidence === 'random' && nameClass !== 'key')
    return { ...strict, level: 'error', profile: 'recommended', confidence: 'medium' };
  return { ...strict, level: 'warning', profile: 'recommended' };
}

/** Sample tokens name John Doe; tokens that live for hours are dead by the time they are read. */
function judgeJwt(candidate: Candidate, file: FileContext, power: Power, context: TextContext): Verdict | undefined {
  const token = decodeJwt(candidate.value);
  if (!token || /"John Doe"|"1234567890"|"supabase-demo"|"Jane Doe"/.test(token.claimsText)) return undefined;
  const strict: Verdict = { level: 'note', profile: 'strict', confidence: 'low', power, remarks: [] };
  if (file.role !== 'production' || file.generated)
    return { ...strict, remarks: [`it stands in ${PLACES[file.role]}`] };
  if (token.algorithm === undefined) return { ...strict, remarks: ['its header names no algorithm'] };
  if (context.asOf !== undefined && token.expiry !== undefined && token.expiry < context.asOf) {
    return { ...strict, remarks: ['it has expired'] };
  }
  if (token.lifetime !== undefined && token.lifetime <= SHORT_LIFE) {
    return {
      level: 'warning',
      profile: 'recommended',
      confidence: 'medium',
      power: 'limited',
      remarks: ['it is valid for a short time only'],
    };
  }
  return { level: LEVEL_OF_POWER[power], profile: 'recommended', confidence: 'high', power, remarks: [] };
}
