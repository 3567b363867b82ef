/** Everything the specimen knows, in memory, shared by its replicas. Instants are milliseconds since 1970. */
export type Role = 'doctor' | 'user';

export type Account = {
  id: string;
  email: string;
  emailKey: string;
  role: Role;
  displayName: string;
  specialty: string | null;
  timeZone: string;
  createdAt: number;
  password: Secret;
};

export type Secret = { salt: Buffer; hash: Buffer };

export type Session = {
  id: string;
  token: string;
  accountId: string;
  expiresAt: number;
  revokedOn: number | null;
};

export type FailedLogin = { at: number; replica: number };

export type Connection = {
  id: string;
  accountId: string;
  roomName: string;
  joinedAt: number;
  lastHeartbeat: number;
  leftAt: number | null;
  /** The heartbeat after which a lapse was told already. */
  toldLapse: number | null;
};

/** The call of an appointment: its rooms and connections in the order in which they came to be. */
export type Call = {
  startedAt: number | null;
  endedAt: number | null;
  epoch: number;
  rooms: string[];
  connections: Connection[];
};

export type Appointment = {
  id: string;
  doctorId: string;
  userId: string;
  bookedBy: string;
  startsAt: number;
  endsAt: number;
  durationMinutes: number;
  reason: string | null;
  createdAt: number;
  cancelledAt: number | null;
  cancelledBy: string | null;
  cancelReason: string | null;
  call: Call;
};

export type KeptAnswer = {
  at: number;
  body: unknown;
  reply: { status: number; headers: Record<string, string>; body: string };
};

export type Message = {
  id: string;
  appointmentId: string;
  clientId: string;
  senderId: string;
  body: string;
  sentAt: number;
};

export type StoredEvent = {
  id: number;
  event: string;
  data: Record<string, unknown>;
  writtenAt: number;
  appointmentId: string | null;
};

export type EventLog = { lastId: number; events: StoredEvent[]; listeners: Set<(event: StoredEvent) => void> };

export type World = {
  accounts: Map<string, Account>;
  sessions: Map<string, Session>;
  failedLogins: Map<string, FailedLogin[]>;
  appointments: Map<string, Appointment>;
  keptAnswers: Map<string, KeptAnswer>;
  messages: Map<string, Message[]>;
  /** By appointment and reader: the index of the last message read. */
  readMarks: Map<string, number>;
  /** Appointment, sender and clientId of every signal taken. */
  signals: Set<string>;
  eventLogs: Map<string, EventLog>;
  openStreams: Set<{ session: Session; end(): void }>;
  requestDurations: Map<string, { count: number; seconds: number }>;
};

export function createWorld(): World {
  return {
    accounts: new Map(),
    sessions: new Map(),
    failedLogins: new Map(),
    appointments: new Map(),
    keptAnswers: new Map(),
    messages: new Map(),
    readMarks: new Map(),
    signals: new Set(),
    eventLogs: new Map(),
    openStreams: new Set(),
    requestDurations: new Map(),
  };
}
