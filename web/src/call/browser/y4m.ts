import { writeFileSync } from 'node:fs';

const [width, height, frameCount] = [320, 240, 20];

/** Studio-range Y, Cb, Cr of the colours by which tests tell people apart. */
export const colours = { red: [81, 90, 240], blue: [41, 240, 110] } as const;

/** Writes a film in one colour, with a bar that moves at its lower edge so that no two frames are alike. */
export function writeFilm(file: string, [luma, blueness, redness]: readonly [number, number, number]): void {
  const parts = [Buffer.from(`YUV4MPEG2 W${width} H${height} F20:1 Ip A1:1 C420\n`)];
  for (let frame = 0; frame < frameCount; frame += 1) {
    const bright = Buffer.alloc(width * height, luma);
    const from = Math.floor((frame / frameCount) * (width - 40));
    for (let line = height - 20; line < height; line += 1)
      bright.fill(235, line * width + from, line * width + from + 40);
    const quarter = (width * height) / 4;
    parts.push(Buffer.from('FRAME\n'), bright, Buffer.alloc(quarter, blueness), Buffer.alloc(quarter, redness));
  }
  writeFileSync(file, Buffer.concat(parts));
}
