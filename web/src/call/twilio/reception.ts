import type { Room, StatsReport } from 'twilio-video';
import type { Quality } from '../call-session.ts';
import type { Reception } from '../quality.ts';

/** Twilio's own judgement of a participant's network, from 0 to 5. */
export function qualityOfLevel(level: number | null): Quality | null {
  if (level === null) return null;
  if (level >= 4) return 'good';
  return level === 3 ? 'fair' : 'poor';
}

export async function receptionOf(room: Room): Promise<Reception> {
  const reports = await room.getStats();
  const sum = (read: (report: StatsReport) => (number | null)[]): number =>
    reports.flatMap(read).reduce<number>((total, value) => total + (value ?? 0), 0);
  return {
    received: sum((report) => inboundOf(report).map((track) => track.packetsReceived)),
    lost: sum((report) => inboundOf(report).map((track) => track.packetsLost)),
    roundTripMs: reports.flatMap((report) => outboundOf(report)).find((trip) => trip !== null) ?? null,
  };
}

function inboundOf({ remoteAudioTrackStats, remoteVideoTrackStats }: StatsReport) {
  return [...remoteAudioTrackStats, ...remoteVideoTrackStats];
}

function outboundOf({ localAudioTrackStats, localVideoTrackStats }: StatsReport): (number | null)[] {
  return [...localAudioTrackStats, ...localVideoTrackStats].map((track) => track.roundTripTime);
}
