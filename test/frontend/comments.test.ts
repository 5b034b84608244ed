import { expect, it } from 'vitest';
import { lowered } from './lowered.js';

it('keeps the comments that mean something', () => {
  const text = `// spillcheck-ignore-next-line secret-to-log
    f(); // expect prompt-to-log
    /** @pii */ g(); // nothing
    /* @sensitivity high */
    // @param x
    // @personal`;
  const { comments } = lowered(text);
  expect(comments.map((comment) => comment.text)).toEqual([
    ' spillcheck-ignore-next-line secret-to-log',
    ' expect prompt-to-log',
    '* @pii ',
    ' @sensitivity high ',
    ' @personal',
  ]);
  expect(comments.map(({ start, end }) => text.slice(start, end))).toEqual([
    '// spillcheck-ignore-next-line secret-to-log',
    '// expect prompt-to-log',
    '/** @pii */',
    '/* @sensitivity high */',
    '// @personal',
  ]);
});

it('gives a tag to the declaration that it stands at', () => {
  const { types } = lowered(`
    interface A { /** @a */ a: 1; b: 2; /* @c */ c: 3; d: 4 } // @last
    interface B {
      e: 5; // @e
      f: 6;
      // @g

      g: 7;
    }
    /** @exported */
    export default interface C {}`);
  const tags = types.flatMap(({ type, name, tags: own }) => [
    [name, own],
    ...(type.kind === 'object' ? type.members.map((member) => [member.name, member.tags]) : []),
  ]);
  expect(tags).toEqual([
    ['A', '@last'],
    ['a', '* @a'],
    ['b', undefined],
    ['c', '@c'],
    ['d', undefined],
    ['B', undefined],
    ['e', '@e'],
    ['f', undefined],
    ['g', '@g'],
    ['C', '* @exported'],
  ]);
});
