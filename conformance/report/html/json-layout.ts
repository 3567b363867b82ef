const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gu;

/** JSON indented for reading, each of its tokens exactly as it came (1.0, doubled names, escapes); other text as it is. */
export function layOutJson(text: string): string {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  let depth = 0;
  let previous = '';
  let laidOut = '';
  for (const [token] of text.matchAll(TOKENS)) {
    const isClosing = token === '}' || token === ']';
    if (isClosing) depth -= 1;
    laidOut += separator(previous, token, depth) + token;
    if (token === '{' || token === '[') depth += 1;
    previous = token;
  }
  return laidOut;
}

function separator(previous: string, token: string, depth: number): string {
  const isEmpty = (previous === '{' && token === '}') || (previous === '[' && token === ']');
  if (previous === '' || isEmpty || token === ',' || token === ':') return '';
  if (previous === ':') return ' ';
  return `\n${'  '.repeat(depth)}`;
}
