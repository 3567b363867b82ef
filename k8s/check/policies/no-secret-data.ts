import { nameOf, ofKind, type Policy } from '../manifest.ts';

/** On one's own machine nothing is secret. */
const LOCAL = 'overlays/local';

/** Secrets come by reference: a value in a repository is one that everybody has. */
export const noSecretData: Policy = {
  name: 'no-secret-data',
  check: ({ name, manifests }) => {
    if (name === LOCAL) return [];
    return ofKind(manifests, 'Secret')
      .filter((secret) => ['data', 'stringData'].some((member) => secret[member] !== undefined))
      .map((secret) => ({ where: nameOf(secret), cause: 'holds values; make it in the cluster and name it here' }));
  },
};
