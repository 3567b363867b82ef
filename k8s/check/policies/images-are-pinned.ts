import { nameOf, type Policy } from '../manifest.ts';
import { podsOf } from '../pods.ts';

/** A tag that is not `latest`, or a digest: what runs is what was tried. */
export const imagesArePinned: Policy = {
  name: 'images-are-pinned',
  check: ({ manifests }) =>
    podsOf(manifests).flatMap(({ owner, containers }) =>
      containers
        .filter(({ image }) => !isPinned(image))
        .map(({ name, image = 'none' }) => ({
          where: nameOf(owner),
          cause: `container ${name} runs ${image}; give it a tag other than latest`,
        })),
    ),
};

function isPinned(image: string | undefined): boolean {
  if (image === undefined) return false;
  if (/@sha256:[0-9a-f]{64}$/.test(image)) return true;
  const tag = /:([^:/]+)$/.exec(image)?.[1];
  return tag !== undefined && !/^latest\b/.test(tag);
}
