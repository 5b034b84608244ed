const MAXIMUM_DEPTH = 6;

/** Looks up the selectors of one package, in one version, in its types. What the types leave open (`any`, generics) is found. */
export class Verifier {
  #aliases = new Map();
  #resolved = new Map();

  constructor(source, { statements, names }, major, label, includesMajor) {
    this.source = source;
    this.major = major;
    this.label = label;
    const declarations = source.getVariableDeclarations();
    this.node = declarations[0];
    // What is no module, or has no types, is `any`.
    this.libraries = declarations
      .map((declaration) => declaration.getType())
      .filter((type) => !type.isAny() && type.getProperties().length > 0);
    this.isTyped = this.libraries.length > 0;
    for (const statement of statements) {
      if (statement.kind !== 'type' || !includesMajor(statement.majors, major)) continue;
      const list = this.#aliases.get(statement.alias);
      if (list) list.push(statement.value);
      else this.#aliases.set(statement.alias, [statement.value]);
    }
    // Receivers that are known by nothing but their names.
    this.named = new Set(names.map(([alias]) => alias).filter((alias) => !this.#aliases.has(alias)));
    const checker = source.getProject().getTypeChecker().compilerObject;
    const modules = source.getImportDeclarations().flatMap((each) => each.getModuleSpecifier().getSymbol() ?? []);
    const exported = modules.flatMap((module) => checker.getExportsOfModule(module.compilerSymbol));
    this.exported = new Set(exported.map((symbol) => symbol.getName()));
  }

  /** What is not there, undefined where all of a statement is. */
  problem(statement) {
    const selector = statement.kind === 'call' ? statement.function : statement.value;
    const types = this.#select(selector, 0);
    if (types === undefined) return undefined;
    if (types.length === 0) return `${selector.text} is not there`;
    if (statement.kind !== 'call') return undefined;
    const port = statement.part.sink?.port ?? statement.part.source?.port;
    if (!port || port.callback || types.some(isOpen)) return undefined;
    const signatures = types.flatMap((type) =>
      statement.construct ? type.getConstructSignatures() : type.getCallSignatures(),
    );
    if (signatures.length === 0) return `${selector.text} cannot be called`;
    const starts = signatures.flatMap((signature) => this.#port(signature, port));
    if (starts.length === 0)
      return port.root === 'argument' ? `${selector.text} takes no argument ${port.index}` : undefined;
    let at = starts;
    for (const key of port.path) {
      if (at.some(isOpen)) return undefined;
      at = at.flatMap((type) => this.#member(type, key)).map(awaited);
      if (at.length === 0) return `${selector.text}: no .${port.path.join('.')} (${key})`;
    }
    return undefined;
  }

  #port(signature, port) {
    if (port.root === 'argument' || port.root === 'arguments') {
      const parameters = signature.getParameters();
      const parameter = parameters[port.index] ?? parameters.at(-1);
      if (!parameter) return [];
      const type = parameter.getTypeAtLocation(this.node);
      return port.index < parameters.length ? [type] : [type.getArrayElementType() ?? type];
    }
    return port.root === 'result' ? [awaited(signature.getReturnType())] : [];
  }

  /** The types of what a selector names; empty where it is not there, undefined where it cannot be told. */
  #select({ root, exported, steps }, depth) {
    if (depth > MAXIMUM_DEPTH) return undefined;
    let types;
    if (!exported && this.#aliases.has(root)) {
      types = this.#alias(root, depth + 1);
      if (types === undefined) return undefined;
    } else if (/^\$[A-Z]/.test(root) || this.named.has(root)) return undefined;
    else if (exported && this.#isType(root)) return undefined;
    else if (root === 'default' || root === '*') types = [...this.libraries, ...this.#exports('default')];
    else types = [...this.#exports(root), ...this.#exports('default').flatMap((type) => this.#member(type, root))];
    for (const step of steps) {
      if (types.some(isOpen)) return undefined;
      if (step.kind === 'class' || step.kind === 'parameter') return undefined;
      types = types.flatMap((type) => this.#step(type, step)).slice(0, 40);
    }
    return types;
  }

  /** Whether a name is exported as a type alone: `new Span` also stands for what is annotated with it. */
  #isType(name) {
    return this.exported.has(name) && this.#exports(name).length === 0;
  }

  /** What the modules of the package export under a name. */
  #exports(name) {
    return this.libraries.flatMap((library) => this.#member(library, name));
  }

  #alias(name, depth) {
    if (this.#resolved.has(name)) return this.#resolved.get(name);
    this.#resolved.set(name, undefined);
    const found = this.#aliases.get(name).map((selector) => this.#select(selector, depth));
    const known = found.filter((types) => types !== undefined).flat();
    const result = known.length > 0 ? known : found.includes(undefined) ? undefined : [];
    this.#resolved.set(name, result);
    return result;
  }

  #step(type, step) {
    switch (step.kind) {
      case 'member':
        return this.#member(type, step.name).map(awaited);
      case 'any':
        return type
          .getApparentProperties()
          .slice(0, 20)
          .map((symbol) => symbol.getTypeAtLocation(this.node));
      case 'element':
        return this.#member(type, '[]');
      case 'call':
        return type.getCallSignatures().map((signature) => awaited(signature.getReturnType()));
      default:
        return type.getConstructSignatures().map((signature) => signature.getReturnType());
    }
  }

  #member(type, key) {
    const parts = type.isUnion() ? type.getUnionTypes() : [type];
    return parts.flatMap((part) => {
      if (isOpen(part)) return [part];
      if (key === '*')
        return part
          .getApparentProperties()
          .slice(0, 20)
          .map((symbol) => symbol.getTypeAtLocation(this.node));
      if (key === '[]') return this.#elements(part);
      const symbol = part.getApparentProperty(key) ?? part.getApparentType().getProperty(key);
      if (symbol) return [symbol.getTypeAtLocation(this.node)];
      const index = part.getStringIndexType();
      return index ? [index] : [];
    });
  }

  #elements(type) {
    const own = type.getArrayElementType() ?? type.getNumberIndexType();
    if (own) return [own];
    const iterator = type
      .getApparentProperties()
      .find((symbol) => /^__@(?:asyncIterator|iterator)/.test(symbol.getEscapedName()));
    // What the iterator yields, or the first type argument of a type that hides it.
    const [signature] = iterator?.getTypeAtLocation(this.node).getCallSignatures() ?? [];
    const [yielded] = signature?.getReturnType().getTypeArguments() ?? type.getTypeArguments();
    return yielded ? [yielded] : [];
  }
}

/** Nothing can be said of it. */
function isOpen(type) {
  return type.isAny() || type.isUnknown() || type.isTypeParameter() || /^(?:never|object)$/.test(type.getText());
}

function awaited(type) {
  if (!type.getApparentProperty('then')) return type;
  const [first] = type.getTypeArguments();
  return first ?? type;
}
