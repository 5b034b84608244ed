import { expect, it } from 'vitest';
import { listing } from './lowered.js';

const tsx = (text: string) => listing(text, 'file.tsx');

it('calls components with their props', () => {
  expect(tsx("<Chat.Room a='1' b={x} {...p} on>{x}</Chat.Room>;")).toMatchInlineSnapshot(`
    "module <module>()
    b0:
    $0 = global Chat
    $1 = $0.Room
    $2 = alloc object
    $3 = string "1"
    $2.a = $3
    $4 = global x
    $2.b = $4
    $5 = global p
    absorb $2 $5
    $6 = boolean "true"
    $2.on = $6
    $7 = global x
    $2.children = $7
    $8 = jsx call $1($2)
    return -"
  `);
});

it('calls elements of the platform by name', () => {
  expect(tsx('<div><my-el a:b={1} />text {x}{/* none */}</div>;')).toMatchInlineSnapshot(`
    "module <module>()
    b0:
    $0 = string "div"
    $1 = alloc object
    $2 = alloc array
    $3 = string "my-el"
    $4 = alloc object
    $5 = number "1"
    $4.a:b = $5
    $6 = jsx call $3($4)
    $2.0 = $6
    $7 = string "text"
    $2.1 = $7
    $8 = global x
    $2.2 = $8
    $1.children = $2
    $9 = jsx call $0($1)
    return -"
  `);
});

it('takes a fragment as its children', () => {
  expect(tsx('f(<></>, <>{x}</>, <>{...xs}<b /></>);')).toMatchInlineSnapshot(`
    "module <module>()
    b0:
    $0 = global f
    $1 = null "null"
    $2 = global x
    $3 = alloc array
    $4 = global xs
    absorb $3 $4
    $5 = string "b"
    $6 = alloc object
    $7 = jsx call $5($6)
    $3.1 = $7
    $8 = call $0($1, $2, $3)
    return -"
  `);
});

it('refers to components in scope, also by this', () => {
  expect(tsx("import { A } from 'a'; function f({ B }) { return [<A />, <B />, <this.C />]; }")).toMatchInlineSnapshot(`
    "module <module>()
    b0:
    f$0 = closure f()
    return -
    function f($1) this=this$0
    b0:
    B$2 = $1.B
    $3 = alloc array
    $4 = import A from "a"
    $5 = alloc object
    $6 = jsx call $4($5)
    $3.0 = $6
    $7 = alloc object
    $8 = jsx call B$2($7)
    $3.1 = $8
    $9 = this$0.C
    $10 = alloc object
    $11 = jsx call $9($10)
    $3.2 = $11
    return $3"
  `);
});

it('names functions after the attribute', () => {
  expect(tsx('export const C = () => <a onClick={() => f()} />;')).toMatchInlineSnapshot(`
    "module <module>()
    b0:
    $0 = closure C()
    @C = $0
    return -
    arrow C()
    b0:
    $0 = string "a"
    $1 = alloc object
    $2 = closure C.onClick()
    $1.onClick = $2
    $3 = jsx call $0($1)
    return $3
    arrow C.onClick()
    b0:
    $0 = global f
    $1 = call $0()
    return $1"
  `);
});
