import { networkInterfaces } from 'node:os';

/** The name of the loopback interface. */
export const [loopback = 'lo'] =
  Object.entries(networkInterfaces()).find(([, addresses]) => addresses?.some(({ internal }) => internal)) ??
  [];
