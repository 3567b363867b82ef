import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { HaproxyBinary } from './balancer-binary.ts';
import { balancerConfiguration, monitorPath } from './balancer-settings.ts';
import {
  askBalancer,
  commands,
  type PlaceState,
  type PlaceStatus,
  readPlaces,
  tellBalancer,
} from './balancer-socket.ts';
import { freePort } from './ports.ts';
import { startServer } from './server.ts';

/** HAProxy before the replicas of one backend. */
export type Balancer = {
  /** Where everybody asks. */
  url: string;
  /** Puts a replica that is ready at that place (from 1 on) and sends people there. */
  admit(place: number, replicaUrl: string): Promise<void>;
  /** Takes a place out: `drain` lets finish who is there, `maint` closes it. */
  set(place: number, state: PlaceState): Promise<void>;
  /** How it sees all places. */
  places(): Promise<PlaceStatus[]>;
  stop(): Promise<void>;
};

/**
 * Starts HAProxy on a free port of 127.0.0.1, with so many empty places.
 * @throws StartError, one line, when it does not start; nothing is left behind then.
 */
export async function startBalancer(
  binary: HaproxyBinary,
  options: { places: number; signal?: AbortSignal | undefined },
): Promise<Balancer> {
  // A Unix socket's path is short: the temporary folder is, and a checkout's may not be.
  const folder = mkdtempSync(path.join(os.tmpdir(), 'duet-balancer-'));
  const clear = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const [port, socket, file] = [await freePort(), path.join(folder, 'socket'), path.join(folder, 'haproxy.cfg')];
    writeFileSync(file, balancerConfiguration({ port, socket, places: options.places }));
    const server = await startServer({
      name: 'HAProxy',
      command: [binary.path, '-db', '-f', file],
      cwd: folder,
      env: {},
      readyUrl: `http://127.0.0.1:${port}${monitorPath}`,
      timeoutMs: 10_000,
      signal: options.signal,
    });
    const stop = async (): Promise<void> => void (await server.stop().finally(clear));
    return { url: server.url, ...handleOf(socket), stop };
  } catch (error) {
    clear();
    throw error;
  }
}

function handleOf(socket: string): Pick<Balancer, 'admit' | 'set' | 'places'> {
  return {
    async admit(place, replicaUrl) {
      const { hostname, port } = new URL(replicaUrl);
      await tellBalancer(socket, commands.address(place, { host: hostname, port: Number(port) }));
      await tellBalancer(socket, commands.state(place, 'ready'));
    },
    set: (place, state) => tellBalancer(socket, commands.state(place, state)),
    places: async () => readPlaces(await askBalancer(socket, commands.places())),
  };
}
