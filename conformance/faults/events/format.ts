import { faults } from '../declare.ts';

export default faults('events/format', {
  unnamed: {
    describe: 'events have no type',
    neighbours: ['events/audience', 'events/gapless', 'messages/typing'],
    override: () => ({ eventText: (id, _, data) => `id: ${id}\ndata: ${data}\n\n` }),
  },
  'no-id': {
    describe: 'events have no id',
    neighbours: ['events/gapless', 'events/audience'],
    override: () => ({ eventText: (_, event, data) => `event: ${event}\ndata: ${data}\n\n` }),
  },
  'no-instant': {
    describe: 'the data of a typing sign has no instant',
    neighbours: ['messages/typing'],
    override: (honest) => ({
      eventText: (id, event, data) =>
        honest.eventText(id, event, event === 'message.typing' ? data.replace(/"at":"[^"]*",?/, '') : data),
    }),
  },
  'present-appointment': {
    describe: 'an event that carries an appointment leaves out its call',
    neighbours: ['events/audience'],
    override: (honest) => ({
      eventText: (id, event, data) =>
        honest.eventText(id, event, data.replace(/,"call":\{.*?\]\s*,"startedAt":[^}]*\}/, '')),
    }),
  },
  'comment-inside': {
    describe: 'an event begins with a comment',
    override: (honest) => ({ eventText: (id, event, data) => `: now\n${honest.eventText(id, event, data)}` }),
  },
  silent: {
    describe: 'a comment comes every 40 s',
    override: () => ({ commentEveryMs: () => 40_000 }),
  },
});
