// Asks the balancer of the stack what a browser would, from inside its network: node --input-type=module < image-front.mjs
import assert from 'node:assert/strict';

const client = 'http://balancer:8080';
const ask = (url, options) => fetch(url, { redirect: 'manual', ...options });

const page = await ask(client);
const html = await page.text();
assert.equal(page.status, 200);
assert.equal(page.headers.get('cache-control'), 'no-cache');
const policy = page.headers.get('content-security-policy');
for (const part of ["script-src 'self';", "frame-ancestors 'none'", 'wss://global.vss.twilio.com', ' https:;'])
  assert.ok(policy?.includes(part), `the policy lacks ${part}: ${policy}`);
assert.match(page.headers.get('permissions-policy') ?? '', /camera=\(self\), microphone=\(self\)/);
assert.equal(page.headers.get('x-content-type-options'), 'nosniff');
assert.equal(page.headers.get('referrer-policy'), 'no-referrer');
assert.equal(await (await ask(`${client}/appointments?backend=b`)).text(), html, 'a path of a page is not the page');

// The page's own script is too short to be worth compressing; what it loads first is not.
const script = /rel="modulepreload"[^>]* href="(\/assets\/[^"]+\.js)"/.exec(html)?.[1];
for (const encoding of ['zstd', 'gzip']) {
  const asset = await ask(client + script, { headers: { 'Accept-Encoding': encoding } });
  assert.equal(asset.headers.get('content-encoding'), encoding);
  assert.match(asset.headers.get('cache-control') ?? '', /immutable/);
}
const gone = await ask(`${client}/assets/gone.js`);
assert.deepEqual([gone.status, gone.headers.get('cache-control')], [404, null]);
assert.equal((await ask(`${client}/sw.js`)).headers.get('cache-control'), 'no-cache');
assert.equal((await ask(client, { method: 'POST' })).status, 405);
const config = await (await ask(`${client}/client-config.json`)).json();
assert.deepEqual(
  config.backends.map(({ id, url }) => [id, url]),
  [
    ['a', '/a'],
    ['b', '/b'],
  ],
);

for (const [id, port] of [
  ['a', 8081],
  ['b', 8082],
]) {
  const own = `http://balancer:${port}`;
  for (const url of [`${client}/${id}/v1/meta`, `${own}/v1/meta`, `${own}/readyz`])
    assert.equal((await ask(url)).status, 200, url);
  for (const url of [`${client}/${id}/metrics`, `${own}/metrics`, `${own}/%6detrics`, `${own}//metrics`]) {
    const refused = await ask(url);
    assert.equal(refused.status, 404, url);
    assert.equal((await refused.json()).code, 'not-found', url);
  }
}
process.stdout.write('the balancer serves the client, both backends, and no metrics\n');
