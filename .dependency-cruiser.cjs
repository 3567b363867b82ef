/** What must never be (ARCHITECTURE.md, "Invariants"), as far as imports can show it. */
const backend = (letter) => `^backend-${letter}/`;
const persistence = '(typeorm|^pg$|node_modules/pg/|@prisma|prisma/|/db/generated/)';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'backends-know-nothing-of-each-other-a',
      severity: 'error',
      from: { path: backend('a') },
      to: { path: backend('b') },
    },
    {
      name: 'backends-know-nothing-of-each-other-b',
      severity: 'error',
      from: { path: backend('b') },
      to: { path: backend('a') },
    },
    {
      name: 'backends-know-nothing-of-harness-and-client',
      severity: 'error',
      from: { path: '^backend-[ab]/' },
      to: { path: '^(conformance|web)/' },
    },
    {
      name: 'harness-and-client-know-no-backend',
      severity: 'error',
      from: { path: '^(conformance|web)/' },
      to: { path: '^backend-[ab]/' },
    },
    { name: 'client-knows-no-harness', severity: 'error', from: { path: '^web/' }, to: { path: '^conformance/' } },
    {
      name: 'contract-knows-nobody',
      severity: 'error',
      from: { path: '^contract/' },
      to: { path: '^(backend-[ab]|conformance|web)/' },
    },
    {
      name: 'only-generated-contract-is-shared',
      severity: 'error',
      from: { path: '^(backend-[ab]|conformance|web)/' },
      to: { path: '^contract/', pathNot: '^contract/generated/' },
    },
    {
      name: 'orm-ends-in-the-repository',
      comment:
        'SQL and ORM types stay in repositories, statements, entities and db/; the processes that connect are main and migrate.',
      severity: 'error',
      from: {
        path: '^backend-[ab]/src/',
        pathNot: '(\\.(repository|statements|entity)\\.ts$|/src/(db/|migrate\\.ts)|\\.test\\.ts$)',
      },
      to: { path: persistence, pathNot: '^backend-[ab]/src/db/[^/]+\\.ts$' },
    },
    {
      name: 'rules-are-pure',
      severity: 'error',
      from: { path: '^backend-[ab]/src/features/.+\\.rules\\.ts$' },
      to: { path: '(\\.(repository|statements|service|routes)\\.ts$|/src/db/|^node:(fs|net|http|child_process))' },
    },
    {
      name: 'judge-is-pure',
      comment: 'The judge sees contract, request and response; nothing that could send, wait or remember.',
      severity: 'error',
      from: { path: '^conformance/src/driver/judge\\.ts$' },
      to: { path: '(connection|recorder|raw|actors)\\.ts$|node_modules/undici' },
    },
    {
      name: 'judge-and-specimen-share-no-validator',
      severity: 'error',
      from: { path: '^conformance/specimen/' },
      to: { path: '^conformance/src/driver/' },
    },
    {
      name: 'third-backend-knows-the-contract-alone',
      comment: 'It is an example of a server by another hand; its test alone is of the harness.',
      severity: 'error',
      from: { path: '^conformance/third-backend/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^(contract|backend-[ab]|conformance|k8s|web)/',
        pathNot: '^(contract/generated|conformance/third-backend)/',
      },
    },
    {
      name: 'harness-knows-no-third-backend',
      severity: 'error',
      from: { path: '^conformance/', pathNot: '^conformance/third-backend/' },
      to: { path: '^conformance/third-backend/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'declared-dependencies-only',
      severity: 'error',
      from: { path: '^(contract|backend-[ab]|conformance|k8s|web)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'everything-resolves',
      comment: "A virtual module is made by a plugin of the client's build; k6 and Dredd bring modules of their own.",
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(virtual:|k6($|/)|hooks$)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(/dist/|/db/generated/|/generated/prisma/)' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.mts', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
