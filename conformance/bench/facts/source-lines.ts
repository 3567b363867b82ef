import ts from 'typescript';

/**
 * How many lines of a file are neither empty nor comment.
 * @throws Error for a language it does not know
 */
export function countLines(file: string, text: string): number {
  if (file.endsWith('.ts')) return countTypeScript(text);
  if (file.endsWith('.sql')) return countByMarker(text, '--');
  if (file.endsWith('.prisma')) return countByMarker(text, '//');
  throw new Error(`${file}: its lines cannot be counted`);
}

/** Lines that hold at least a part of a token; the empty ones of a template are empty all the same. */
function countTypeScript(text: string): number {
  const source = ts.createSourceFile('counted.ts', text, ts.ScriptTarget.Latest, true);
  const lines = text.split('\n');
  const counted = new Set<number>();
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return;
    const children = node.getChildren(source);
    if (children.length > 0) return children.forEach(visit);
    const [start, end] = [node.getStart(source), node.getEnd()];
    if (start === end) return;
    const last = source.getLineAndCharacterOfPosition(end).line;
    for (let { line } = source.getLineAndCharacterOfPosition(start); line <= last; line += 1) counted.add(line);
  };
  visit(source);
  return [...counted].filter((line) => lines[line]?.trim()).length;
}

/** SQL and Prisma's language: no line of ours begins inside a text or a block comment. */
function countByMarker(text: string, marker: string): number {
  return text.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith(marker)).length;
}
