import { writeFileSync } from 'node:fs';

type Colour = readonly [red: number, green: number, blue: number];
export type Sitter = { wall: Colour; skin: Colour; hair: Colour; shirt: Colour };

export const sitters = {
  doctor: { wall: [206, 224, 226], skin: [222, 178, 148], hair: [96, 72, 58], shirt: [240, 244, 246] },
  user: { wall: [232, 221, 205], skin: [236, 196, 168], hair: [58, 52, 56], shirt: [62, 104, 128] },
} as const satisfies Record<string, Sitter>;

const [width, height] = [640, 480];

/** A film for a fake camera: somebody drawn with three ellipses before a wall, since nobody's face belongs in here. */
export function writePortrait(file: string, sitter: Sitter): void {
  const planes = { luma: Buffer.alloc(width * height), blueness: quarter(), redness: quarter() };
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const [luma, blueness, redness] = toStudioRange(colourAt(x / width, y / height, sitter));
      planes.luma[y * width + x] = luma;
      const place = (y >> 1) * (width / 2) + (x >> 1);
      planes.blueness[place] = blueness;
      planes.redness[place] = redness;
    }
  }
  const frame = [Buffer.from('FRAME\n'), planes.luma, planes.blueness, planes.redness];
  const head = Buffer.from(`YUV4MPEG2 W${width} H${height} F20:1 Ip A1:1 C420\n`);
  writeFileSync(file, Buffer.concat([head, ...frame, ...frame]));
}

const quarter = (): Buffer => Buffer.alloc((width * height) / 4);

function colourAt(x: number, y: number, { wall, skin, hair, shirt }: Sitter): Colour {
  const isIn = (centreX: number, centreY: number, radiusX: number, radiusY: number): boolean =>
    ((x - centreX) / radiusX) ** 2 + ((y - centreY) / radiusY) ** 2 < 1;
  if (isIn(0.5, 0.45, 0.115, 0.2)) return skin;
  if (isIn(0.5, 0.39, 0.145, 0.225) && y < 0.52) return hair;
  if (isIn(0.5, 0.66, 0.06, 0.12)) return shade(skin, 0.92);
  if (isIn(0.5, 1.08, 0.32, 0.38)) return shirt;
  return shade(wall, 1.05 - 0.25 * y);
}

function shade([red, green, blue]: Colour, by: number): Colour {
  return [Math.min(255, red * by), Math.min(255, green * by), Math.min(255, blue * by)];
}

/** ITU-R BT.601. */
function toStudioRange([red, green, blue]: Colour): [number, number, number] {
  return [
    Math.round(16 + 0.257 * red + 0.504 * green + 0.098 * blue),
    Math.round(128 - 0.148 * red - 0.291 * green + 0.439 * blue),
    Math.round(128 + 0.439 * red - 0.368 * green - 0.071 * blue),
  ];
}
