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
  c.page.on('websocket', (ws) => { ws.on('framesent', (f) => { for (const m of String(f.payload).matchAll(/a=(msid|mid|sendrecv|recvonly|sendonly|inactive)[^\\]*|"type":"(offer|answer)"|"tracks":\[[^\]]*/g)) console.log(n, m[0]); }); });
}
await b.page.evaluate("Twilio.Video.Logger.getLogger('twilio-video').setLevel('debug')");
await restClient(emulator)('POST', '/v1/Rooms', { UniqueName: 'r', MaxParticipants: '2' });
console.log(await a.join(tokenFor(emulator.account, { identity: 'a', room: 'r' }), 'r', emulator.signallingUrl));
console.log(await b.join(tokenFor(emulator.account, { identity: 'b', room: 'r' }), 'r', emulator.signallingUrl));
for (let i = 0; i < 3; i++) {
  await new Promise((r) => setTimeout(r, 1000));
  for (const c of [a, b]) console.log(await c.seen(), await c.page.evaluate('peers.map(p => [p.connectionState, p.iceConnectionState, p.signalingState])'), await c.page.evaluate('[...document.querySelectorAll("video")].map(v=>[v.readyState,v.paused,v.videoWidth,v.srcObject?.getTracks().map(t=>[t.readyState,t.muted])])'));
}
console.log(JSON.stringify(await a.page.evaluate('[...room.participants.values()].map(p => [p.state, [...p.tracks.values()].map(t => [t.trackSid, t.isSubscribed, t.kind, t.isTrackEnabled])])'))); console.log(await a.page.evaluate('peers.map(p=>p.getTransceivers().map(t=>[t.mid,t.direction,t.currentDirection,t.receiver.track.id]))'));
console.log(await a.events(), await b.events());
await browsers.close();
await emulator.stop();
