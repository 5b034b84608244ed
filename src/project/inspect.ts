import type { Limits } from '../core/limits.js';
import { baseName } from './paths.js';

const LINE_FEED = 10;
const MINIFIED_NAME = /[.-](?:min|bundle|chunk|umd\.min)\.[cm]?js$/;
const SCRIPT = /\.[cm]?jsx?$/;
/** The banner that published libraries keep: a version and a licence in a first comment meant to survive minifiers. */
const LIBRARY_BANNER = /^\s*(?:\/\*!|\/\*\*[\s\S]{0,200}@(?:license|preserve)\b)/;
const VERSION = /\bv?\d+\.\d+\.\d+/;
const LICENCE = /licen[cs]e|copyright|\(c\)/i;
const GENERATED_MARKS = [
  'Object.defineProperty(exports, "__esModule"',
  "Object.defineProperty(exports, '__esModule'",
  'webpackBootstrap',
  '__webpack_require__',
  'self.webpackChunk',
  'globalThis.webpackChunk',
  'var __defProp = Object.defineProperty',
  'var __create = Object.create',
  'this && this.__awaiter',
  'this && this.__importDefault',
  'function _interopRequireDefault',
  'System.register(',
  'For license information please see',
  'parcelRequire',
];

/** Whether the bytes are no text: a NUL among the first 8,000, as git decides it, and no UTF-16 mark before them. */
export function isBinary(bytes: Uint8Array): boolean {
  const marked = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return !marked && bytes.subarray(0, 8000).includes(0);
}

/** Why a code file is not worth following, from its name and bytes; undefined where people wrote it. */
export function inspectCode(path: string, bytes: Buffer, limits: Limits): 'minified' | 'vendored' | undefined {
  if (MINIFIED_NAME.test(path)) return 'minified';
  if (isMinified(bytes, limits)) return 'minified';
  return isVendored(path, bytes) ? 'vendored' : undefined;
}

/** Whether a compiler or bundler wrote the file. */
export function isGenerated(path: string, bytes: Buffer, limits: Limits): boolean {
  if (MINIFIED_NAME.test(path) || /[.-][0-9a-f]{8,20}\.[cm]?js$/.test(baseName(path))) return true;
  const head = bytes.subarray(0, 4096).toString('latin1');
  if (GENERATED_MARKS.some((mark) => head.includes(mark))) return true;
  return bytes.subarray(-400).includes('//# sourceMappingURL=') || isMinified(bytes, limits);
}

/**
 * A line above the limit, or long lines throughout with hardly a space in them. Prose in long strings (prompts) has spaces; a module with
 * one embedded blob has many short lines beside it.
 */
function isMinified(bytes: Buffer, limits: Limits): boolean {
  let longest = 0;
  let lines = 0;
  let shortLines = 0;
  let shortBytes = 0;
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found < 0 ? bytes.length : found;
    const length = end - start;
    lines++;
    if (length > longest) longest = length;
    if (length > 0 && length <= 200) {
      shortLines++;
      shortBytes += length;
    }
    start = end + 1;
  }
  if (longest > limits.lineCharacters) return true;
  if (bytes.length < 1000 || bytes.length / lines < 250) return false;
  if (shortLines >= 20 && shortBytes > bytes.length / 20) return false;
  return spaceShare(bytes) < 0.1;
}

function spaceShare(bytes: Buffer): number {
  const sample = bytes.subarray(0, 65_536);
  let spaces = 0;
  for (const byte of sample) if (byte === 32 || byte === LINE_FEED || byte === 9) spaces++;
  return spaces / sample.length;
}

function isVendored(path: string, bytes: Buffer): boolean {
  if (!SCRIPT.test(path)) return false;
  const head = bytes.subarray(0, 1000).toString('latin1');
  return LIBRARY_BANNER.test(head) && VERSION.test(head) && LICENCE.test(head);
}
