import { setTimeout as pause } from 'node:timers/promises';
import type { Backend } from '../stack/backends.ts';
import type { Balancer } from '../stack/balancer.ts';
import type { Launcher } from '../stack/launcher.ts';
import { launch } from '../stack/launching.ts';
import type { ServerProcess } from '../stack/server.ts';

export type Replica = { server: ServerProcess; /** Its place in the balancer, from 1 on. */ place: number };

/** Beyond DRAIN_SECONDS: how long a replica may finish what is in flight before it is killed, as Kubernetes would. */
const GRACE_MS = 28_000;

export type FleetOptions = {
  backend: Backend;
  balancer: Balancer;
  places: number;
  drainMs: number;
  /** Told of each step, when it has been done. */
  onStep(step: string): void;
  /** Told of what a replica did wrong. */
  onProblem(problem: string): void;
};

/** The replicas of one backend behind the balancer, replaced as Kubernetes would do it. */
export class Fleet {
  readonly replicas: Replica[] = [];
  readonly #options: FleetOptions;
  readonly #usedPlaces = new Set<number>();

  constructor(options: FleetOptions) {
    this.#options = options;
  }

  /** Puts the backend's first replicas in. */
  async admitFirst(): Promise<void> {
    for (const server of this.#options.backend.processes) this.replicas.push(await this.#admit(server));
  }

  /** One replica makes way for a new one: new one ready, old one out of the balancer, SIGTERM, drain, exit. */
  async replace(index: number, launcher: Launcher): Promise<void> {
    const { balancer, onStep } = this.#options;
    const old = this.replicas[index] as Replica;
    const name = `replica ${index + 1}`;
    this.replicas[index] = await this.#admit(await launch(launcher));
    onStep(`${name}'s successor was ready and in the balancer`);
    await balancer.set(old.place, 'drain');
    onStep(`${name} was out of the balancer`);
    old.server.kill('SIGTERM');
    onStep(`SIGTERM to ${name}`);
    await this.#awaitExit(old, name);
    onStep(`${name} exited`);
    await this.#close(old.place);
  }

  /** SIGKILL, without a word to the balancer; then a new replica in its stead. */
  async kill(index: number, launcher: Launcher): Promise<void> {
    const { onStep } = this.#options;
    const victim = this.replicas[index] as Replica;
    onStep(`SIGKILL to replica ${index + 1}`);
    victim.server.kill('SIGKILL');
    await victim.server.exited;
    this.replicas[index] = await this.#admit(await launch(launcher));
    onStep(`a new replica ${index + 1} was ready and in the balancer`);
    await this.#close(victim.place);
  }

  /** Stops all of them. */
  async stop(): Promise<void> {
    await Promise.all(this.replicas.map(({ server }) => server.stop(this.#options.drainMs + 5000)));
  }

  async #admit(server: ServerProcess): Promise<Replica> {
    const places = Array.from({ length: this.#options.places }, (_, index) => index + 1);
    const place = places.find((one) => !this.#usedPlaces.has(one));
    if (place === undefined) throw new Error('the balancer has no free place');
    this.#usedPlaces.add(place);
    await this.#options.balancer.admit(place, server.url);
    return { server, place };
  }

  async #close(place: number): Promise<void> {
    await this.#options.balancer.set(place, 'maint');
    this.#usedPlaces.delete(place);
  }

  async #awaitExit({ server }: Replica, name: string): Promise<void> {
    const over = new AbortController();
    const limit = pause(this.#options.drainMs + GRACE_MS, undefined, { signal: over.signal }).catch(() => undefined);
    const exit = await Promise.race([server.exited, limit]);
    over.abort();
    if (!exit) {
      this.#options.onProblem(`${name} had not exited ${GRACE_MS / 1000} s after DRAIN_SECONDS and was killed`);
      await server.stop(0);
    } else if (exit.code !== 0) {
      this.#options.onProblem(`${name} exited with ${exit.signal ?? `code ${exit.code}`} instead of 0 on SIGTERM`);
    }
  }
}
