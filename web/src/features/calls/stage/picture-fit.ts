type Size = { width: number; height: number };

/** More than this part of a picture is never cut away to fill its place. */
const mostCut = 0.4;

/** A face may be cropped a little to fill the screen; a picture held the other way round is shown whole. */
export function pictureFit(picture: Size, place: Size): 'cover' | 'contain' {
  if (picture.width <= 0 || picture.height <= 0 || place.width <= 0 || place.height <= 0) return 'cover';
  const pictureRatio = picture.width / picture.height;
  const placeRatio = place.width / place.height;
  const shown = Math.min(pictureRatio, placeRatio) / Math.max(pictureRatio, placeRatio);
  return 1 - shown > mostCut ? 'contain' : 'cover';
}
