import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Account } from '../account.ts';
import { type Json, textOf } from '../json.ts';
import type { Departure, Participant, Room, RoomEvent } from '../rooms/room.ts';
import type { Rooms } from '../rooms/rooms.ts';
import { TwilioError } from '../twilio-error.ts';
import { verifyAccessToken } from './access-token.ts';
import { Connection } from './connection.ts';
import { join, type JoinContext } from './join.ts';
import { meet, part, relay, resume } from './meeting.ts';
import {
  connected,
  disconnected,
  iced,
  type IceServer,
  participantUpdate,
  publishedUpdate,
  refusal,
  synced,
} from './messages.ts';
import type { Session } from './session.ts';
import { readTracks } from './tracks.ts';

/**
 * How long media may go on without the socket. The far side notices dead media after three seconds and would show its
 * own connection as broken; with Twilio's media server between them it would not.
 */
const mediaGraceMs = 2000;

/** Room signalling for the browser's SDK (twilio-video/lib/signaling/v2), at /signaling. */
export class Signalling {
  readonly #context: JoinContext & { iceServers: IceServer[] };
  readonly #rooms: Rooms;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #connections = new Set<Connection>();
  #sessions: Session[] = [];

  constructor(context: { account: Account; rooms: Rooms; iceServers: IceServer[] }) {
    this.#context = context;
    this.#rooms = context.rooms;
    this.#rooms.onEvent((event) => this.#tell(event));
  }

  /** Takes over a WebSocket handshake. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      const onBody = (connection: Connection, body: Json): void => this.#receive(connection, body);
      const onClosed = (connection: Connection): void => this.#lose(connection);
      this.#connections.add(new Connection(webSocket, { onBody, onClosed }));
    });
  }

  /** Whether a browser stands behind a participant. */
  hasBrowser(participant: Participant): boolean {
    return this.#sessions.some((session) => session.participant === participant);
  }

  /** Cuts the sockets of a room's clients, or of one of them. Gives how many there were. */
  drop(room: Room, identity?: string): number {
    const cut = this.#in(room).filter(({ participant }) => identity === undefined || participant.identity === identity);
    const connections = cut.flatMap(({ connection }) => connection ?? []);
    for (const connection of connections) connection.drop();
    return connections.length;
  }

  /** Forgets all sessions and cuts all sockets. */
  stop(): void {
    for (const { mediaGrace } of this.#sessions) clearTimeout(mediaGrace);
    this.#sessions = [];
    for (const connection of this.#connections) connection.drop();
  }

  #receive(connection: Connection, body: Json): void {
    try {
      this.#rooms.sweep();
      this.#handle(connection, body);
    } catch (error) {
      if (!(error instanceof TwilioError)) throw error;
      connection.send(refusal(error));
    }
  }

  #handle(connection: Connection, body: Json): void {
    const session = this.#sessions.find((one) => one.connection === connection && !one.farewell);
    switch (body['type']) {
      case 'ice':
        return connection.send(iced(this.#context.iceServers));
      case 'connect':
        return this.#connect(connection, body);
      case 'sync':
        return this.#sync(connection, body);
      case 'update':
        return session && this.#update(session, body);
      case 'disconnect':
        return session && this.#rooms.disconnect(session.room, session.participant, 'left');
      default:
        throw new TwilioError(53004);
    }
  }

  #connect(connection: Connection, body: Json): void {
    const session = join(this.#context, connection, body);
    const peers = meet(session, this.#otherThan(session));
    this.#sessions.push(session);
    connection.send(connected(session, peers));
  }

  #sync(connection: Connection, body: Json): void {
    const session = this.#sessions.find(({ id }) => id === textOf(body, 'session'));
    if (!session) throw new TwilioError(53002);
    if (session.farewell) return connection.send(session.farewell);
    verifyAccessToken(textOf(body, 'token') ?? '', this.#context.account, this.#rooms.now(session.room));
    clearTimeout(session.mediaGrace);
    session.connection = connection;
    this.#rooms.setReachable(session.room, session.participant, true);
    this.#update(session, body);
    connection.send(synced(session, resume(session, this.#otherThan(session))));
  }

  #update(session: Session, body: Json): void {
    const tracks = readTracks(session, body);
    if (tracks) this.#rooms.setTracks(session.room, session.participant, tracks);
    relay(session, body);
  }

  #lose(connection: Connection): void {
    this.#connections.delete(connection);
    const session = this.#sessions.find((one) => one.connection === connection);
    if (!session) return;
    session.connection = null;
    if (session.farewell) return;
    session.mediaGrace = setTimeout(() => part(session), mediaGraceMs).unref();
    this.#rooms.setReachable(session.room, session.participant, false);
  }

  #tell(event: RoomEvent): void {
    if (event.type === 'room-vanished') this.#sendAway(event.room);
    if (!('participant' in event)) return;
    const { room, participant, type } = event;
    const own = this.#in(room).find((session) => session.participant === participant);
    if (own && type === 'participant-disconnected') this.#dismiss(own, event.departure);
    if (own && (type === 'track-added' || type === 'track-removed')) own.connection?.send(publishedUpdate(own));
    for (const other of this.#in(room))
      if (other !== own) other.connection?.send(participantUpdate(other, participant));
  }

  #sendAway(room: Room): void {
    for (const session of this.#in(room)) this.#end(session, refusal(new TwilioError(53106)));
  }

  #dismiss(session: Session, departure: Departure): void {
    const words: Record<Departure, () => object> = {
      left: () => disconnected(session, 'disconnected'),
      removed: () => disconnected(session, 'disconnected'),
      replaced: () => refusal(new TwilioError(53205)),
      completed: () => disconnected(session, 'completed'),
      'timed out': () => refusal(new TwilioError(53002)),
    };
    this.#end(session, words[departure]());
  }

  #end(session: Session, farewell: object): void {
    clearTimeout(session.mediaGrace);
    part(session);
    session.farewell = farewell;
    session.connection?.send(farewell);
  }

  #in(room: Room): Session[] {
    return this.#sessions.filter((session) => session.room === room && !session.farewell);
  }

  #otherThan(session: Session): Session | undefined {
    return this.#in(session.room).find((other) => other !== session && !other.link);
  }
}
