/** All peer connections that the page ever made, whoever made them: the engine, or Twilio's SDK. */
const peers: RTCPeerConnection[] = [];
let offers = 0;

// A proxy, not a subclass: Twilio's SDK copies the methods that it finds on the prototype itself.
window.RTCPeerConnection = new Proxy(RTCPeerConnection, {
  construct: (target, values: [RTCConfiguration?]) => {
    const peer = new target(...values);
    peers.push(peer);
    return peer;
  },
});

RTCPeerConnection.prototype.setLocalDescription = new Proxy(RTCPeerConnection.prototype.setLocalDescription, {
  apply: (target, self: unknown, values: [RTCLocalSessionDescriptionInit?]) => {
    offers += values[0]?.type === 'offer' ? 1 : 0;
    return Reflect.apply(target, self, values);
  },
});

/** Frames decoded by the connections that are open, how many those are, and how many offers were ever made here. */
export async function framesOfAll(): Promise<{ frames: number; peers: number; offers: number }> {
  const open = peers.filter((peer) => peer.connectionState !== 'closed');
  const reports = await Promise.all(open.map((peer) => peer.getStats()));
  const entries = reports.flatMap((report) => [...report.values()] as Record<string, unknown>[]);
  const decoded = entries.filter((entry) => entry['type'] === 'inbound-rtp').map((entry) => entry['framesDecoded']);
  const frames = decoded.reduce<number>((sum, count) => sum + (typeof count === 'number' ? count : 0), 0);
  return { frames, peers: open.length, offers };
}
