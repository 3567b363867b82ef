/** Two soft notes, in hertz, that say that somebody has come. */
const notes = [659.25, 880];
const noteSeconds = 0.28;
const quietAfter = 2_000;

let context: AudioContext | null = null;

/** Rings once for all tabs of the browser. Before the first click browsers hold sounds back; then it stays silent. */
export async function ring(locks: LockManager | undefined = navigator.locks): Promise<void> {
  if (!locks) return play();
  await locks.request('duet.chime', { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    await play();
    await new Promise((resolve) => setTimeout(resolve, quietAfter));
  });
}

async function play(): Promise<void> {
  if (navigator.userActivation && !navigator.userActivation.hasBeenActive) return;
  context ??= new AudioContext();
  await context.resume();
  for (const [index, frequency] of notes.entries()) sound(context, frequency, index * noteSeconds);
}

function sound(context: AudioContext, frequency: number, delay: number): void {
  const begins = context.currentTime + delay;
  const loudness = context.createGain();
  loudness.gain.setValueAtTime(0, begins);
  loudness.gain.linearRampToValueAtTime(0.2, begins + 0.03);
  loudness.gain.exponentialRampToValueAtTime(0.001, begins + noteSeconds * 2.5);
  const tone = new OscillatorNode(context, { frequency });
  tone.connect(loudness).connect(context.destination);
  tone.start(begins);
  tone.stop(begins + noteSeconds * 2.5);
}
