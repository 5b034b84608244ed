import { describe, expect, it } from 'vitest';
import { Builder } from '../../src/ir/builder.js';
import { LiteralKind, NONE, Op } from '../../src/ir/instruction.js';

const at = { start: 3, end: 5 };

/** The operations of the code, in order. */
function operations(code: Int32Array): string[] {
  const names: string[] = [];
  for (let i = 0; i < code.length; i += code[i]! >> 8) names.push(Op[code[i]! & 0xff]!);
  return names;
}

describe('instructions', () => {
  it('are encoded with length and span', () => {
    const builder = new Builder(1);
    builder.beginFunction();
    const slot = builder.const(at, LiteralKind.String, 'x');
    builder.return(at, slot);
    builder.endFunction(at);
    expect([...builder.finish().code]).toEqual([
      Op.Const | (6 << 8),
      3,
      5,
      0,
      LiteralKind.String,
      0,
      Op.Return | (4 << 8),
      3,
      5,
      0,
    ]);
    expect(builder.strings).toEqual(['x']);
  });

  it('intern names, but not long texts', () => {
    const builder = new Builder();
    expect([builder.string('a'), builder.string('b'), builder.string('a')]).toEqual([0, 1, 0]);
    const long = 'x'.repeat(100);
    expect([builder.string(long), builder.string(long)]).toEqual([2, 3]);
  });
});

describe('blocks', () => {
  it('drop what nothing reaches', () => {
    const builder = new Builder();
    builder.beginFunction();
    const unused = builder.label();
    builder.return(at, NONE);
    expect(builder.reachable).toBe(false);
    builder.place(unused);
    builder.copy(at, builder.const(at, LiteralKind.Null, 'null'));
    const body = builder.endFunction(at);
    expect(operations(builder.finish().code)).toEqual(['Return']);
    expect(body).toMatchObject({ slots: 0, blockEntries: 2 });
  });

  it('resolve labels to blocks, forwards and back', () => {
    const builder = new Builder();
    builder.beginFunction();
    const head = builder.label();
    const inside = builder.label();
    const end = builder.label();
    builder.placeLoop(head);
    const condition = builder.global(at, 'c');
    builder.branch(at, condition, inside, end);
    builder.place(inside);
    builder.jump(at, head);
    builder.place(end);
    builder.endFunction(at);
    const { code, blocks } = builder.finish();
    expect(operations(code)).toEqual(['Jump', 'Global', 'Branch', 'Jump', 'Return']);
    expect([...blocks]).toEqual([0, 4, 15, 19, 23]);
    expect(code[3]).toBe(1);
    expect([code[13], code[14]]).toEqual([2, 3]);
    expect(code[18]).toBe(1);
  });

  it('serve several labels where nothing stands between them', () => {
    const builder = new Builder();
    builder.beginFunction();
    const [first, second] = [builder.label(), builder.label()];
    builder.branch(at, NONE, first, second);
    builder.place(first);
    builder.place(second);
    builder.endFunction(at);
    const { code, blocks } = builder.finish();
    expect(operations(code)).toEqual(['Branch', 'Return']);
    expect([code[4], code[5]]).toEqual([1, 1]);
    expect([...blocks]).toEqual([0, 6, 10]);
  });
});

describe('slots', () => {
  it('are mutable when more than one instruction writes them', () => {
    const builder = new Builder();
    builder.beginFunction();
    const [once, twice, received, unwritten] = ['once', 'twice', 'received', 'unwritten'].map((name) =>
      builder.slot(name),
    );
    builder.receive(received!);
    builder.const(at, LiteralKind.Null, 'null', once);
    builder.copy(at, once!, twice);
    builder.copy(at, unwritten!, twice);
    builder.copy(at, once!, received);
    builder.endFunction(at);
    const { slotMutable, slotNames } = builder.finish();
    expect([...slotMutable]).toEqual([0, 1, 1, 0]);
    expect([...slotNames].map((name) => builder.strings[name])).toEqual(['once', 'twice', 'received', 'unwritten']);
  });

  it('belong to their function', () => {
    const builder = new Builder(1);
    const bodies = [300, 2].map((count) => {
      builder.beginFunction();
      for (let i = 0; i < count; i++) builder.const(at, LiteralKind.Number, String(i));
      return builder.endFunction(at);
    });
    expect(bodies).toMatchObject([
      { slots: 300, firstSlot: 0, firstBlock: 0, blockEntries: 2 },
      { slots: 2, firstSlot: 300, firstBlock: 2, blockEntries: 2 },
    ]);
    const { code, blocks, slotMutable } = builder.finish();
    expect([code.length, blocks.length, slotMutable.length]).toEqual([302 * 6 + 8, 4, 302]);
  });
});
