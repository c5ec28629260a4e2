import type { Socket } from 'node:dgram';

/**
 * Octets of the receive buffer; the system may grant less. If it is small, replies that arrive while the process is busy
 * are lost.
 */
const size = 4 * 1024 * 1024;

/** Enlarges the receive buffer of a socket. The system may refuse: it has a limit of its own. */
export function enlargeReceiveBuffer(socket: Socket): void {
  try {
    socket.setRecvBufferSize(size);
  } catch {
    // The default size does.
  }
}
