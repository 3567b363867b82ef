import ts from 'typescript';
import { type Mutant, named, type Replacement } from './mutant.ts';
import { isSql, mutateSql } from './mutate-sql.ts';

const BINARY: Record<string, { operator: string; after: string }> = {
  '<': { operator: 'boundary', after: '<=' },
  '<=': { operator: 'boundary', after: '<' },
  '>': { operator: 'boundary', after: '>=' },
  '>=': { operator: 'boundary', after: '>' },
  '===': { operator: 'equality', after: '!==' },
  '!==': { operator: 'equality', after: '===' },
  '&&': { operator: 'connective', after: '||' },
  '||': { operator: 'connective', after: '&&' },
  '+': { operator: 'arithmetic', after: '-' },
  '-': { operator: 'arithmetic', after: '+' },
  '*': { operator: 'arithmetic', after: '/' },
  '/': { operator: 'arithmetic', after: '*' },
  '%': { operator: 'arithmetic', after: '*' },
  '+=': { operator: 'arithmetic', after: '-=' },
  '-=': { operator: 'arithmetic', after: '+=' },
};

const METHODS = new Map([
  ['some', 'every'],
  ['every', 'some'],
  ['min', 'max'],
  ['max', 'min'],
  ['startsWith', 'endsWith'],
  ['endsWith', 'startsWith'],
]);
/** Whose call leaves its object as it is. */
const OMITTED = ['toLowerCase', 'trim', 'filter', 'sort', 'toSorted', 'reverse', 'toReversed', 'slice'];

/** Every small change of the code of a file, SQL in its texts included, that leaves it a program. */
export function mutateTypeScript(file: string, text: string): Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const replacements: Replacement[] = [];
  const visit = (node: ts.Node): void => {
    if (isPassedOver(node)) return;
    replacements.push(...changesOf(node, source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return named(file, text, replacements, (offset) => declarationAt(source, offset));
}

/** Types are gone at run time; what is imported, and how a migration is taken back, is nobody's behaviour. */
function isPassedOver(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return true;
  if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  return ts.isMethodDeclaration(node) && node.name.getText() === 'down';
}

function changesOf(node: ts.Node, source: ts.SourceFile): Replacement[] {
  const whole = (operator: string, after: string, at: ts.Node = node): Replacement => {
    return { operator, start: at.getStart(source), end: at.end, after };
  };
  if (ts.isBinaryExpression(node)) {
    const change = BINARY[node.operatorToken.getText(source)];
    return change ? [whole(change.operator, change.after, node.operatorToken)] : [];
  }
  if (ts.isIfStatement(node)) return conditionsOf(node.expression, whole);
  if (ts.isConditionalExpression(node)) return conditionsOf(node.condition, whole);
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    return [whole('negation', node.operand.getText(source))];
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [whole('boolean', 'false')];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [whole('boolean', 'true')];
  if (ts.isNumericLiteral(node) && !isKey(node)) return [whole('number', String(Number(node.text) + 1))];
  if (ts.isExpressionStatement(node) && isCall(node.expression)) return [whole('call left out', ';')];
  if (ts.isReturnStatement(node) && !node.expression) return [whole('return left out', ';')];
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) return methodChange(node, whole);
  if (ts.isRegularExpressionLiteral(node)) return anchorsOf(node, source);
  return textChanges(node, source);
}

type Whole = (operator: string, after: string, at?: ts.Node) => Replacement;

/** A comparison is changed by itself already. */
function conditionsOf(condition: ts.Expression, whole: Whole): Replacement[] {
  if (ts.isBinaryExpression(condition) && condition.operatorToken.getText() in BINARY) return [];
  return [whole('condition', 'true', condition), whole('condition', 'false', condition)];
}

function isKey(node: ts.NumericLiteral): boolean {
  return ts.isPropertyAssignment(node.parent) && node.parent.name === node;
}

function isCall(expression: ts.Expression): boolean {
  return ts.isCallExpression(ts.isAwaitExpression(expression) ? expression.expression : expression);
}

function methodChange(node: ts.CallExpression, whole: Whole): Replacement[] {
  const { expression: object, name } = node.expression as ts.PropertyAccessExpression;
  const other = METHODS.get(name.text);
  if (other !== undefined) return [whole('method', other, name)];
  return OMITTED.includes(name.text) ? [whole('method left out', object.getText())] : [];
}

/** Without its anchors a pattern fits inside of a text as well. */
function anchorsOf(node: ts.RegularExpressionLiteral, source: ts.SourceFile): Replacement[] {
  const start = node.getStart(source);
  const last = node.text.lastIndexOf('/');
  const changes: Replacement[] = [];
  if (node.text[1] === '^') changes.push({ operator: 'anchor', start: start + 1, end: start + 2, after: '' });
  if (node.text[last - 1] === '$' && node.text[last - 2] !== '\\')
    changes.push({ operator: 'anchor', start: start + last - 1, end: start + last, after: '' });
  return changes;
}

/** A statement may be cut into pieces by what is put in; each piece is changed by itself. */
function textChanges(node: ts.Node, source: ts.SourceFile): Replacement[] {
  const isPiece = ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || isTemplatePiece(node);
  if (!isPiece) return [];
  const start = node.getStart(source) + 1;
  const isFollowed = ts.isTemplateHead(node) || ts.isTemplateMiddle(node);
  const text = source.text.slice(start, node.end - (isFollowed ? '${'.length : 1));
  const all = isTemplatePiece(node) ? wholeTemplate(node, source) : text;
  if (!isSql(all)) return [];
  return mutateSql(text).map((change) => ({
    ...change,
    operator: `SQL ${change.operator}`,
    start: start + change.start,
    end: start + change.end,
  }));
}

function isTemplatePiece(node: ts.Node): boolean {
  return ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node);
}

function wholeTemplate(node: ts.Node, source: ts.SourceFile): string {
  const template = ts.isTemplateHead(node) ? node.parent : node.parent.parent;
  return template.getText(source);
}

/** The innermost function, method or constant with a name around an offset. */
function declarationAt(source: ts.SourceFile, offset: number): string {
  let name = '';
  const visit = (node: ts.Node): void => {
    if (offset < node.getStart(source) || offset >= node.end) return;
    if (isNamed(node)) name = node.name.getText(source);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return name;
}

function isNamed(node: ts.Node): node is ts.Node & { name: ts.Identifier } {
  if (ts.isVariableDeclaration(node)) return ts.isIdentifier(node.name);
  return (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) && node.name !== undefined;
}
