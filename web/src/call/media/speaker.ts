/** Sends an element's sound to a speaker; null is the system's. False: this browser cannot choose. */
export async function sendTo(element: HTMLMediaElement, deviceId: string | null): Promise<boolean> {
  if (!('setSinkId' in element)) return deviceId === null;
  await element.setSinkId(deviceId ?? '');
  return true;
}
