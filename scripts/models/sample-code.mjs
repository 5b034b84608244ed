/**
 * Small programs that use what a model says: a client is made as its alias says, a function is called as its selector says, and something is handed
 * over at the port, or taken out of it. Statements of which no such program can be written (callbacks that hand out clients) give none.
 */

/** A value in an argument that stands for code as it is. */
class Code {
  constructor(text) {
    this.text = text;
  }
}

/** An expression for the value that a selector names; undefined where none can be written. */
export function expressionOf(selector, aliases, depth = 0) {
  if (depth > 4) return undefined;
  let code;
  const rest = selector.steps;
  if (!selector.exported && aliases.has(selector.root)) code = aliasExpression(selector.root, aliases, depth + 1);
  else if (/^\$[A-Z]/.test(selector.root)) return undefined;
  else if (selector.root === 'default' || selector.root === '*') code = 'library.default';
  else code = `library.${selector.root}`;
  if (selector.root === 'default' && rest[0]?.kind === 'member') code = 'library';
  for (const [i, step] of rest.entries()) {
    if (code === undefined) return undefined;
    if (step.kind === 'member') code = `${code}.${step.name}`;
    else if (step.kind === 'any') code = `${code}.anything`;
    else if (step.kind === 'element') code = `${code}[0]`;
    else if (step.kind === 'call') code = `(await ${code}({}))`;
    else if (step.kind === 'construct') code = `new ${code.startsWith('(') ? `(${code})` : code}({})`;
    else return undefined;
    if (step.kind === 'construct' && i + 1 < rest.length) code = `(${code})`;
  }
  return code;
}

function aliasExpression(alias, aliases, depth) {
  for (const selector of aliases.get(alias)) {
    if (selector.root === alias) continue;
    const code = expressionOf(selector, aliases, depth);
    if (code) return code.startsWith('new ') ? `(${code})` : code;
  }
  return undefined;
}

/** The arguments of a call that fulfil conditions and hold something at a port, as code; undefined where that cannot be written. */
export function argumentsOf(port, value, conditions, filler = true) {
  const roots = [];
  const place = (at, leaf) => {
    if (at.root !== 'argument' && at.root !== 'arguments') return false;
    roots[at.index] = withPath(roots[at.index], at.path, leaf);
    return true;
  };
  for (const condition of conditions) {
    const literal = literalFor(condition);
    if (literal === undefined) continue;
    const at = condition.sibling
      ? { ...port, path: [...port.path.slice(0, -1), ...condition.port.path.slice(-1)] }
      : condition.port;
    if (!place(at, literal)) return undefined;
  }
  if (port && !place(port, value)) return undefined;
  return [...roots.keys()].map((i) => print(roots[i] ?? (filler ? {} : {}))).join(', ');
}

export function code(text) {
  return new Code(text);
}

/** A literal for which a condition holds; undefined where nothing need stand there. */
function literalFor({ test, values }) {
  if (test === 'in') return literal(values[0]);
  if (test === 'matches') return values[0].replaceAll('*', 'x');
  if (test === 'present') return 'x';
  if (test === 'not-in' && values.includes('system')) return 'user';
  return undefined;
}

function literal(text) {
  return /^(?:true|false|\d+)$/.test(text) ? new Code(text) : text;
}

function withPath(base, path, leaf) {
  const [key, ...rest] = path;
  if (key === undefined) return base === undefined || leaf instanceof Code || typeof leaf === 'string' ? leaf : base;
  if (key === '[]') {
    const list = Array.isArray(base) ? base : [];
    list[0] = withPath(list[0], rest, leaf);
    return list;
  }
  const object = base && typeof base === 'object' && !Array.isArray(base) && !(base instanceof Code) ? base : {};
  const name = key === '*' ? 'anything' : key;
  object[name] = withPath(object[name], rest, leaf);
  return object;
}

function print(value) {
  if (value instanceof Code) return value.text;
  if (typeof value === 'string') return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  if (Array.isArray(value)) return `[${value.map(print).join(', ')}]`;
  const fields = Object.entries(value).map(
    ([key, inner]) => `${/^[A-Za-z_$][\w$]*$/.test(key) ? key : `'${key}'`}: ${print(inner)}`,
  );
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

/** `.a[0].b` for a path below a value. */
export function member(path) {
  return path.map((key) => (key === '[]' ? '[0]' : key === '*' ? '.anything' : `.${key}`)).join('');
}
