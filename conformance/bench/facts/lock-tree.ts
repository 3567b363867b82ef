import { edgesOf, type Edge, type Lock, resolveFrom } from './lock.ts';

export type Root = {
  /** A workspace's folder, or '' for the repository. */
  folder: string;
  /** What is wanted of it; what its entry names unless given. */
  edges?: Edge[];
};

/**
 * Every folder that the roots need, directly or through others.
 * @param isFollowed whether what an edge leads to comes with it
 * @throws Error when the lock has not what is needed
 */
export function reach(lock: Lock, roots: Root[], isFollowed: (edge: Edge, to: string) => boolean): Set<string> {
  const reached = new Set<string>();
  const follow = (folder: string, edges: Edge[]): void => {
    for (const edge of edges) {
      const to = resolveFrom(lock, folder, edge.name);
      if (to === undefined) {
        if (edge.kind === 'needed')
          throw new Error(`package-lock.json has no ${edge.name} for ${folder || 'the root'}`);
        continue;
      }
      if (reached.has(to) || !isFollowed(edge, to)) continue;
      reached.add(to);
      follow(to, edgesOf(lock.packages[to] ?? {}).filter(isForOthers));
    }
  };
  for (const { folder, edges } of roots) follow(folder, edges ?? edgesOf(lock.packages[folder] ?? {}));
  return reached;
}

/** What a package is developed with is no matter of whoever needs it. */
function isForOthers({ kind }: Edge): boolean {
  return kind !== 'developed with';
}
