import { networkInterfaces } from 'node:os';

/** The addresses at which other devices of the network reach this machine, the likeliest first. */
export function localAddresses(): string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((entries = []) =>
    entries.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address),
  );
  return addresses.toSorted((one, other) => Number(isHome(other)) - Number(isHome(one)));
}

/** Rather a home or office network than one of containers. */
function isHome(address: string): boolean {
  return /^(192\.168|10)\./.test(address);
}
