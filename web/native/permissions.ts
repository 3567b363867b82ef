/** What Android asks of an app that makes calls. */
const androidPermissions = ['CAMERA', 'RECORD_AUDIO', 'MODIFY_AUDIO_SETTINGS', 'ACCESS_NETWORK_STATE', 'WAKE_LOCK'];

/** What iOS shows when it asks for the device. */
const iosReasons = {
  NSCameraUsageDescription: 'So that the other person in the call sees you.',
  NSMicrophoneUsageDescription: 'So that the other person in the call hears you.',
} as const;

/** AndroidManifest.xml with the permissions of a call; those that are there stay. */
export function withAndroidPermissions(manifest: string): string {
  const missing = androidPermissions.filter((name) => !manifest.includes(`android.permission.${name}"`));
  const lines = missing.map((name) => `    <uses-permission android:name="android.permission.${name}" />\n`);
  return manifest.replace('</manifest>', `${lines.join('')}</manifest>`);
}

/** Info.plist with the reasons for camera and microphone, and sound that goes on in the background. */
export function withIosReasons(plist: string): string {
  const missing = Object.entries(iosReasons).filter(([key]) => !plist.includes(`<key>${key}</key>`));
  const lines = missing.map(([key, reason]) => `\t<key>${key}</key>\n\t<string>${reason}</string>\n`);
  if (!plist.includes('<key>UIBackgroundModes</key>'))
    lines.push('\t<key>UIBackgroundModes</key>\n\t<array>\n\t\t<string>audio</string>\n\t</array>\n');
  return plist.replace(/<\/dict>\s*<\/plist>/, `${lines.join('')}</dict>\n</plist>`);
}
