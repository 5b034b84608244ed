/** A picture of what a terminal shows: text with SGR escape sequences (colours, bold, faint, underlined) as SVG. */

const COLORS = { 31: '#ff7b72', 32: '#7ee787', 33: '#e3b341', 34: '#79c0ff', 36: '#76e3ea' };
const PLAIN = { color: '#e6edf3', bold: false, faint: false, underline: false };
const CELL = 8.43;
const LINE = 20;
const MARGIN = 20;
const BAR = 36;

/**
 * @param {readonly string[]} lines
 * @param {string} title for those who cannot see it
 */
export function terminalPicture(lines, title) {
  const columns = Math.max(...lines.map((line) => [...plainText(line)].length));
  const width = Math.ceil(columns * CELL) + 2 * MARGIN;
  const height = BAR + lines.length * LINE + MARGIN;
  const rows = lines.map((line, index) => {
    const spans = toSpans(line).map(({ text, style }) => `<tspan${attributes(style)}>${escapeXml(text)}</tspan>`);
    return `<text x="${MARGIN}" y="${BAR + (index + 1) * LINE - 6}" xml:space="preserve">${spans.join('')}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escapeXml(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>`,
    ...['#ff5f57', '#febc2e', '#28c840'].map(
      (fill, index) => `<circle cx="${MARGIN + 20 * index}" cy="18" r="6" fill="${fill}"/>`,
    ),
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="${PLAIN.color}">`,
    ...rows,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** A line without its escape sequences. */
export function plainText(line) {
  return line.replace(SEQUENCE, '');
}

const SEQUENCE = new RegExp(`${String.fromCharCode(27)}\\[([0-9;]*)m`, 'g');

function toSpans(line) {
  const spans = [];
  let style = PLAIN;
  let position = 0;
  for (const match of line.matchAll(SEQUENCE)) {
    if (match.index > position) spans.push({ text: line.slice(position, match.index), style });
    style = match[1].split(';').reduce((current, code) => apply(current, Number(code)), style);
    position = match.index + match[0].length;
  }
  if (position < line.length) spans.push({ text: line.slice(position), style });
  return spans;
}

function apply(style, code) {
  if (code === 0) return PLAIN;
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, faint: true };
  if (code === 4) return { ...style, underline: true };
  if (code === 22) return { ...style, bold: false, faint: false };
  if (code === 24) return { ...style, underline: false };
  if (code === 39) return { ...style, color: PLAIN.color };
  if (code in COLORS) return { ...style, color: COLORS[code] };
  throw new Error(`unknown escape sequence ${code}`);
}

function attributes({ color, bold, faint, underline }) {
  return [
    color === PLAIN.color ? '' : ` fill="${color}"`,
    bold ? ' font-weight="bold"' : '',
    faint ? ' fill-opacity="0.6"' : '',
    underline ? ' text-decoration="underline"' : '',
  ].join('');
}

function escapeXml(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
