/**
 * Reads annotations out of a source text: comments that say of the next line of code what a tool must, or must not, report there.
 * `read` takes a line and returns `{ rule, verdict }` for each annotation in it. Lines that hold annotations and nothing else are skipped over.
 */
export function readAnnotations(text, read) {
  const lines = text.split('\n');
  const found = lines.map((line) => (isComment(line) ? read(line) : []));
  return found.flatMap((annotations, index) => {
    if (annotations.length === 0) return [];
    const offset = lines
      .slice(index + 1)
      .findIndex((line, i) => line.trim() !== '' && found[index + 1 + i].length === 0);
    const line = offset < 0 ? index + 1 : index + 2 + offset;
    return annotations.map((annotation) => ({ ...annotation, line, end: line }));
  });
}

function isComment(line) {
  return /^\s*(?:\/\/|#|--|;|\/\*|<!--|\{\/\*|%|"\/\/")/.test(line);
}
