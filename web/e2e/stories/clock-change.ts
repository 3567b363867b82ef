/** The next day on which Berlin sets its clock forward: the last Sunday of March, at one in the morning UTC. */
export function forwardChange(now = new Date()): { date: string; jump: Date } {
  const years = [now.getUTCFullYear(), now.getUTCFullYear() + 1];
  const jump = years.map(lastSundayOfMarch).find((instant) => instant.getTime() > now.getTime() + 24 * 3_600_000);
  if (!jump) throw new Error('one of two years has a March to come');
  return { date: jump.toISOString().slice(0, 10), jump };
}

function lastSundayOfMarch(year: number): Date {
  const last = new Date(Date.UTC(year, 2, 31, 1));
  return new Date(last.getTime() - last.getUTCDay() * 24 * 3_600_000);
}
