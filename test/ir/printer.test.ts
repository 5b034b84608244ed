import { expect, it } from 'vitest';
import { Builder } from '../../src/ir/builder.js';
import type { FileIR, FunctionIR } from '../../src/ir/file.js';
import { AllocKind, CallFlag, CombineMode, CompareOperator, LiteralKind, NONE } from '../../src/ir/instruction.js';
import { printFile } from '../../src/ir/printer.js';

const at = { start: 0, end: 1 };

it('has a notation for every instruction', () => {
  const builder = new Builder();
  builder.beginFunction();
  const a = builder.slot('a');
  builder.receive(a);
  const region = builder.label();
  const handler = builder.label();
  const end = builder.label();
  builder.try(at, region, handler);
  builder.place(region);
  builder.const(at, LiteralKind.String, 'quo"ted', a);
  builder.copy(at, a);
  builder.alloc(at, AllocKind.Box);
  builder.load(at, a, 'k');
  builder.loadDynamic(at, a, 1);
  builder.store(at, a, 'k', 1);
  builder.storeDynamic(at, a, 1, 2);
  builder.delete(at, a, 'k');
  builder.deleteDynamic(at, a, 1);
  builder.absorb(at, a, 1, ['x', 'y']);
  builder.combine(at, CombineMode.Text, [a, 1]);
  builder.compare(at, CompareOperator.NotEqual, a, 1);
  builder.closure(at, 0, [a]);
  builder.class(at, 0, { superclass: NONE, constructor: 1, static: NONE }, [2, 3]);
  builder.call(at, a, 1, CallFlag.New | CallFlag.Awaited, 2, [1, 2]);
  builder.global(at, 'console');
  builder.loadVariable(at, 0);
  builder.storeVariable(at, 0, a);
  builder.import(at, 0);
  builder.yield(at, a, true);
  builder.unknown(at, 'DoExpression', [a, 1]);
  builder.branch(at, NONE, end, handler);
  builder.place(handler);
  builder.throw(at, builder.caught(at));
  builder.place(end);
  const body = builder.endFunction(at);
  const { code, ...tables } = builder.finish();
  const fn: FunctionIR = {
    ...tables,
    name: 'f',
    qualifiedName: 'f',
    parent: NONE,
    classIndex: NONE,
    kind: 'function',
    async: false,
    generator: false,
    isStatic: false,
    start: 0,
    end: 1,
    params: [{ name: 'a', slot: a, rest: true, decorators: [], property: false }],
    thisSlot: 1,
    argumentsSlot: NONE,
    captures: [{ name: 'b', slot: 2, boxed: true }],
    slots: body.slots,
    slotTypes: [],
    directives: [],
    decorators: [],
  };
  const file = {
    strings: builder.strings,
    code,
    functions: [fn],
    classes: [{ name: 'A' }],
    variables: [{ name: 'v' }],
    imports: [{ specifier: 0, name: '*', local: 'm' }],
    specifiers: [{ text: 'm' }],
  } as unknown as FileIR;
  expect(printFile(file)).toMatchInlineSnapshot(`
    "function f(...a$0') this=$1 captures box $2
     b0:
      try b1 b2
     b1:
      a$0' = string "quo\\"ted"
      $1 = a$0'
      $2 = alloc box
      $3 = a$0'.k
      $4 = a$0'[$1]
      a$0'.k = $1
      a$0'[$1] = $2
      delete a$0'.k
      delete a$0'[$1]
      absorb a$0' $1 "x" "y"
      $5 = text(a$0', $1)
      $6 = a$0' notequal $1
      $7 = closure f(a$0')
      $8 = class A(extends -, constructor $1, static -, $2, $3)
      $9 = new awaited call a$0'($1, ...$2) on $1
      $10 = global console
      $11 = @v
      @v = a$0'
      $12 = import * from "m"
      yield $13 a$0' 1
      unknown $14 "DoExpression" a$0' $1
      branch - b3 b2
     b2:
      caught $15
      throw $15
     b3:
      return -
    "
  `);
});
