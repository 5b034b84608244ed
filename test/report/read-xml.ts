/** An element of an XML document. */
export interface Element {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: Element[];
  /** The text directly in it. */
  text: string;
}

const TOKEN =
  /<\?xml version="1\.0" encoding="UTF-8"\?>|<\/([a-z-]+)>|<([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>|([^<]+)/y;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads a document of elements, attributes and text; throws where it is not well-formed. */
export function readXml(text: string): Element {
  const top: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw new Error(`not well-formed at ${at}: ${text.slice(at, at + 40)}`);
    const [, end, start, attributes = '', closed, characters] = match;
    if (characters !== undefined) open.at(-1)!.text += decode(characters);
    if (end !== undefined && open.pop()!.name !== end) throw new Error(`</${end}> ends another element`);
    if (start === undefined) continue;
    const pairs = [...attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(([, name, value]) => [name!, decode(value!)]);
    const element: Element = { name: start, attributes: Object.fromEntries(pairs), children: [], text: '' };
    open.at(-1)!.children.push(element);
    if (closed !== '/') open.push(element);
  }
  if (open.length !== 1 || top.children.length !== 1 || top.text.trim() !== '') throw new Error('no single root');
  return top.children[0]!;
}

function decode(text: string): string {
  return text.replace(/&(\w*);?/g, (_, name: string) => {
    if (!(name in ENTITIES)) throw new Error(`unknown entity ${name}`);
    return ENTITIES[name]!;
  });
}
