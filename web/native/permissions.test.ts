import { expect, test } from 'vitest';
import { withAndroidPermissions, withIosReasons } from './permissions.ts';

const manifest = `<manifest>
    <uses-permission android:name="android.permission.CAMERA" />
</manifest>`;
const plist = `<plist version="1.0">
<dict>
\t<key>CFBundleName</key>
\t<string>Duet</string>
</dict>
</plist>`;

test('Android may use camera and microphone, each named once', () => {
  const changed = withAndroidPermissions(manifest);
  expect(changed.match(/permission\.CAMERA"/g)).toHaveLength(1);
  expect(changed).toContain('android.permission.RECORD_AUDIO');
  expect(withAndroidPermissions(changed)).toBe(changed);
});

test('iOS is told why, once', () => {
  const changed = withIosReasons(plist);
  expect(changed).toContain('<key>NSCameraUsageDescription</key>');
  expect(changed).toMatch(/<\/dict>\n<\/plist>$/);
  expect(withIosReasons(changed)).toBe(changed);
});
