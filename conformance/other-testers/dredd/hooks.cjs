// The hooks that Dredd is run with: before a request it is made one that can be answered, after it the result is kept.
// CommonJS, since Dredd loads it by a require of its own, which knows the module `hooks`.
const { appendFileSync, readFileSync } = require('node:fs');
const hooks = require('hooks');

const { target, output } = JSON.parse(readFileSync(process.env.DUET_DREDD, 'utf8'));

hooks.beforeEach(async (transaction, done) => {
  try {
    const { prepare } = await import('./prepare.ts');
    await prepare(transaction, target);
  } catch (error) {
    transaction.fail = `while it was prepared: ${error.message}`;
  }
  done();
});

hooks.afterEach((transaction) => {
  const { name, skip, fail, request, expected, fullPath, results, errors } = transaction;
  const { method } = request;
  const kept = { name, skip, fail, request: { method, headers: {} }, expected, fullPath, results, errors };
  appendFileSync(output, `${JSON.stringify(kept)}\n`);
});
