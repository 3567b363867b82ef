import { startTwilioEmulator } from './emulator.ts';
import { startBrowsers } from './testing/call-browser.ts';
import { restClient } from './testing/rest-client.ts';
import { tokenFor } from './testing/tokens.ts';
const emulator = await startTwilioEmulator();
const browsers = await startBrowsers(2);
const [a, b] = [await browsers.open(0), await browsers.open(1)];
for (const [n, c] of [['A', a], ['B', b]] as const) {
  c.page.on('console', (m) => console.log(n, m.type(), m.text().slice(0, 300)));
  c.page.on('pageerror', (e) => console.log(n, 'PAGEERROR', e.message));
  c.page.on('websocket', (ws) => {
    ws.on('framesent', (f) => console.log(n, '>', String(f.payload).slice(0, 4000).replaceAll(/"sdp":"(.*?)"/g, (_, s) => '"sdp":' + s.length + (s.includes('candidate') ? 'c' : ''))));
    ws.on('framereceived', (f) => console.log(n, '<', String(f.payload).slice(0, 4000).replaceAll(/"sdp":"(.*?)"/g, (_, s) => '"sdp":' + s.length)));
  });
}
await restClient(emulator)('POST', '/v1/Rooms', { UniqueName: 'r', MaxParticipants: '2' });
console.log(await a.join(tokenFor(emulator.account, { identity: 'a', room: 'r' }), 'r', emulator.signallingUrl));
console.log(await b.join(tokenFor(emulator.account, { identity: 'b', room: 'r' }), 'r', emulator.signallingUrl));
for (let i = 0; i < 6; i++) {
  await new Promise((r) => setTimeout(r, 1000));
  for (const c of [a, b]) console.log(await c.seen(), await c.page.evaluate('peers.map(p => [p.connectionState, p.iceConnectionState, p.signalingState])'), await c.page.evaluate('[...document.querySelectorAll("video")].map(v=>[v.readyState,v.paused,v.videoWidth,v.srcObject?.getTracks().map(t=>[t.readyState,t.muted])])'));
}
console.log(await a.events(), await b.events());
await browsers.close();
await emulator.stop();
