import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A visitor's connection. */
export interface Network {
  name: string;
  /** Bytes a second towards the visitor, shared by all that loads. */
  bytesPerSecond: number;
  /** Milliseconds there and back; each connection costs one, each request another. */
  roundTrip: number;
}

/** WebPageTest's "4G". */
export const FOUR_G: Network = { name: '4G', bytesPerSecond: 9e6 / 8, roundTrip: 170 };

export interface SlowLine {
  /** Without a slash at the end. */
  url: string;
  close: () => Promise<void>;
}

/** Pieces of about a packet share the line fairly. */
const PIECE = 1440;

/**
 * Opens a port that leads to another one through a slow network. The line is outside the browser because throttling a
 * page in DevTools leaves its workers at full speed, and workers are where second-look and Pagefind both load.
 */
export async function openSlowLine(port: number, network: Network): Promise<SlowLine> {
  const turn = takeTurns(network.bytesPerSecond);
  const sockets = new Set<Socket>();
  const server = createServer((visitor) => {
    const host = connect(port, '127.0.0.1');
    for (const socket of [visitor, host]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        visitor.destroy();
        host.destroy();
      });
    }
    void delay(visitor, host, network.roundTrip);
    void shape(host, visitor, turn);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What the visitor sends arrives a round trip later, and on a new connection two. */
async function delay(from: Socket, to: Socket, roundTrip: number): Promise<void> {
  const connected = performance.now() + roundTrip;
  from.on('data', (chunk) => {
    const late = Math.max(0, connected - performance.now()) + roundTrip;
    setTimeout(() => to.writable && to.write(chunk), late);
  });
}

async function shape(from: Socket, to: Socket, turn: (bytes: number) => Promise<void>): Promise<void> {
  try {
    for await (const chunk of from as AsyncIterable<Buffer>)
      for (let at = 0; at < chunk.length; at += PIECE) {
        const piece = chunk.subarray(at, at + PIECE);
        await turn(piece.length);
        if (!to.writable) return;
        to.write(piece);
      }
  } catch {
    // The other end hung up.
  }
}

/** A queue that carries so many bytes a second, in the order of asking. */
function takeTurns(bytesPerSecond: number): (bytes: number) => Promise<void> {
  let free = 0;
  return async (bytes) => {
    const now = performance.now();
    free = Math.max(now, free) + (1000 * bytes) / bytesPerSecond;
    // Timers are no finer than this; what is sent early is waited for later.
    if (free - now > 4) await wait(free - now);
  };
}
