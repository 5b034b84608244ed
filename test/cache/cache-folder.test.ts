import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CacheFolder, liesWithin } from '../../src/cache/cache-folder.js';

const NAME = `${'ab'.repeat(20)}.files`;
const OTHER = `${'cd'.repeat(20)}.result`;

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'spillcheck-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function bytes(text: string): Uint8Array[] {
  return [Buffer.from(text.slice(0, 3)), Buffer.from(text.slice(3))];
}

describe('the cache folder', () => {
  it('gives back what was written, and makes itself', () => {
    const path = join(makeFolder(), 'a', 'b');
    const folder = new CacheFolder(path, { megabytes: 1 });
    expect(folder.read(NAME)).toBeUndefined();
    folder.write(NAME, bytes('some content'));
    expect(String(folder.read(NAME))).toBe('some content');
    folder.write(NAME, bytes('other content'));
    expect(String(folder.read(NAME))).toBe('other content');
    expect(readdirSync(path).sort()).toEqual(['CACHEDIR.TAG', NAME].sort());
  });

  it('does not open what was changed, cut short, lengthened or renamed', () => {
    const path = makeFolder();
    const folder = new CacheFolder(path, { megabytes: 1 });
    folder.write(NAME, bytes('some content'));
    const whole = readFileSync(join(path, NAME));
    const opens = (content: Uint8Array, name = NAME) => {
      writeFileSync(join(path, name), content);
      return folder.read(name) !== undefined;
    };
    for (let length = 0; length < whole.length; length++) expect(opens(whole.subarray(0, length))).toBe(false);
    for (let at = 0; at < whole.length; at++) {
      const changed = Buffer.from(whole);
      changed[at]! ^= 1;
      expect(opens(changed)).toBe(false);
    }
    expect(opens(Buffer.concat([whole, Buffer.from('x')]))).toBe(false);
    expect(opens(whole, OTHER)).toBe(false);
    expect(opens(Buffer.alloc(0))).toBe(false);
    expect(opens(Buffer.from('{"foreign": true}'))).toBe(false);
    expect(opens(whole)).toBe(true);
  });

  it('is no trouble where it cannot be', () => {
    const file = join(makeFolder(), 'file');
    writeFileSync(file, '');
    const folder = new CacheFolder(join(file, 'below'), { megabytes: 1 });
    folder.write(NAME, bytes('some content'));
    expect(folder.read(NAME)).toBeUndefined();
    const path = makeFolder();
    mkdirSync(join(path, NAME));
    const blocked = new CacheFolder(path, { megabytes: 1 });
    blocked.write(NAME, bytes('some content'));
    expect(blocked.read(NAME)).toBeUndefined();
    expect(readdirSync(path)).toEqual([NAME]);
  });

  it('stays within its bounds; what was used last stays longest; what is not its own stays', () => {
    const path = makeFolder();
    const folder = new CacheFolder(path, { megabytes: 1 });
    const large = 'x'.repeat(300_000);
    const names = ['1', '2', '3', '4'].map((digit) => `${digit.repeat(40)}.files`);
    writeFileSync(join(path, 'notes.txt'), large.repeat(5));
    for (const [age, name] of names.slice(0, 3).entries()) {
      folder.write(name, bytes(large));
      utimesSync(join(path, name), 1_000 + age, 1_000 + age);
    }
    // the oldest is asked for, and so the second goes
    expect(folder.read(names[0]!)?.length).toBe(large.length);
    folder.write(names[3]!, bytes(large));
    expect(readdirSync(path).sort()).toEqual([names[0], names[2], names[3], 'notes.txt']);
  });

  it('writes nothing that would fill it alone', () => {
    const path = makeFolder();
    new CacheFolder(path, { megabytes: 1 }).write(NAME, bytes('x'.repeat(600_000)));
    expect(readdirSync(path)).toEqual([]);
  });

  it('removes what killed runs have left, once it is old', () => {
    const path = makeFolder();
    const folder = new CacheFolder(path, { megabytes: 1 });
    const [old, young] = ['0', '1'].map((digit) => join(path, `${NAME}.${digit.repeat(12)}.tmp`));
    for (const file of [old!, young!]) writeFileSync(file, 'half of som');
    utimesSync(old!, 1_000, 1_000);
    folder.write(NAME, bytes('some content'));
    expect([existsSync(old!), existsSync(young!)]).toEqual([false, true]);
  });
});

describe('a folder within the scanned one', () => {
  it('is told, whatever it is called and through links', () => {
    const root = makeFolder();
    const outside = makeFolder();
    mkdirSync(join(root, 'real'));
    symlinkSync(join(root, 'real'), join(outside, 'link'));
    symlinkSync(outside, join(root, 'out'));
    expect(liesWithin(root, root)).toBe(true);
    expect(liesWithin(join(root, 'not', 'there'), root)).toBe(true);
    expect(liesWithin(join(root, '..cache'), root)).toBe(true);
    expect(liesWithin(join(outside, 'link', 'cache'), root)).toBe(true);
    expect(liesWithin(join(root, 'out', 'cache'), root)).toBe(false);
    expect(liesWithin(outside, root)).toBe(false);
    expect(liesWithin(`${root}-2`, root)).toBe(false);
    expect(liesWithin(tmpdir(), root)).toBe(false);
  });
});
