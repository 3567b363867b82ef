/** Where the settings for camera and microphone are found differs by these three, and nothing else is asked of them. */
export type Browser = 'chrome' | 'safari' | 'firefox' | 'other';
export type DeviceForm = 'laptop' | 'phone';
export type System = 'windows' | 'mac' | 'android' | 'ios' | 'other';

/** On iOS every browser is Safari's engine, but its permissions are found in different places. */
export function browserOf(userAgent: string): Browser {
  if (/FxiOS|Firefox/.test(userAgent)) return 'firefox';
  if (/CriOS|Chrome|Chromium|Edg/.test(userAgent)) return 'chrome';
  return userAgent.includes('Safari') ? 'safari' : 'other';
}

export function deviceFormOf(userAgent: string): DeviceForm {
  return ['android', 'ios'].includes(systemOf(userAgent)) ? 'phone' : 'laptop';
}

export function systemOf(userAgent: string): System {
  if (/iPhone|iPad|iPod/.test(userAgent)) return 'ios';
  if (userAgent.includes('Android')) return 'android';
  if (userAgent.includes('Windows')) return 'windows';
  return userAgent.includes('Mac OS X') ? 'mac' : 'other';
}
