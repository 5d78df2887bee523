// The live stream: keeps a connection, knows the last place it heard of, and goes on from there after a loss.

import { liveMessageFromText, type LiveMessage } from './live-message.ts';
import { pauseMs } from './pause.ts';

/** The server beats every 5 s; after this long without a word the connection is taken for dead. */
export const SILENCE_MS = 12_000;

/** The part of a WebSocket that is used. */
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: (() => void) | null;
  close(): void;
}

/** What the stream needs of the world around it. */
export interface StreamWorld {
  connect(since: string): Socket;
  nowMs(): number;
  /** A number from 0 up to 1, for spreading reconnects. */
  random(): number;
  /** Calls back once after a while; what it returns cancels that. */
  after(delayMs: number, callback: () => void): () => void;
}

/** How the connection stands. `lost` says since when nothing is heard. */
export type StreamStatus = { kind: 'idle' } | { kind: 'connecting' } | { kind: 'live' } | { kind: 'lost'; sinceMs: number };

/** One connection after another, without a gap between them. */
export class LiveStream {
  readonly #world: StreamWorld;
  readonly #onMessage: (message: LiveMessage) => void;
  readonly #onStatus: (status: StreamStatus) => void;
  #status: StreamStatus = { kind: 'idle' };
  #since = '';
  #socket: Socket | undefined;
  #failures = 0;
  #lastHeardMs = 0;
  #openedMs = 0;
  #cancelWait: (() => void) | undefined;
  #cancelSilence: (() => void) | undefined;

  constructor(
    world: StreamWorld,
    onMessage: (message: LiveMessage) => void,
    onStatus: (status: StreamStatus) => void,
  ) {
    this.#world = world;
    this.#onMessage = onMessage;
    this.#onStatus = onStatus;
  }

  get status(): StreamStatus {
    return this.#status;
  }

  /** Place in the log up to which every change was heard. */
  get since(): string {
    return this.#since;
  }

  /** Starts, or starts anew, with the changes after a place. */
  start(since: string): void {
    this.#since = since;
    this.#lastHeardMs = this.#world.nowMs();
    this.#drop();
    if (this.#status.kind !== 'lost') this.#become({ kind: 'connecting' });
    this.#open();
  }

  /** Ends the connection and every attempt at one. */
  stop(): void {
    this.#drop();
    this.#become({ kind: 'idle' });
  }

  /** Tries at once instead of after the wait: the network came back, or somebody looks again. */
  hurry(): void {
    if (this.#cancelWait === undefined) return;
    this.#cancelWait();
    this.#cancelWait = undefined;
    this.#open();
  }

  #open(): void {
    this.#openedMs = this.#world.nowMs();
    let socket: Socket;
    try {
      socket = this.#world.connect(this.#since);
    } catch {
      this.#lose();
      return;
    }
    this.#socket = socket;
    socket.onmessage = (event) => {
      if (this.#socket !== socket || typeof event.data !== 'string') return;
      this.#lastHeardMs = this.#world.nowMs();
      this.#hear(event.data);
    };
    socket.onclose = () => {
      if (this.#socket === socket) this.#lose();
    };
    this.#watchSilence(SILENCE_MS);
  }

  #hear(text: string): void {
    const message = liveMessageFromText(text);
    if (message === undefined) return;
    this.#failures = 0;
    this.#become({ kind: 'live' });
    // Only a change moves the place: a beat may overtake changes still being gathered.
    if (message.type === 'change') this.#since = message.seq;
    this.#onMessage(message);
  }

  #watchSilence(delayMs: number): void {
    this.#cancelSilence = this.#world.after(delayMs, () => {
      const silentMs = this.#world.nowMs() - Math.max(this.#lastHeardMs, this.#openedMs);
      if (silentMs >= SILENCE_MS) this.#lose();
      else this.#watchSilence(SILENCE_MS - silentMs);
    });
  }

  #lose(): void {
    this.#drop();
    if (this.#status.kind !== 'lost') this.#become({ kind: 'lost', sinceMs: this.#lastHeardMs });
    this.#cancelWait = this.#world.after(pauseMs(this.#world, this.#failures), () => {
      this.#cancelWait = undefined;
      this.#open();
    });
    this.#failures += 1;
  }

  #drop(): void {
    this.#cancelWait?.();
    this.#cancelWait = undefined;
    this.#cancelSilence?.();
    this.#cancelSilence = undefined;
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket === undefined) return;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }

  #become(status: StreamStatus): void {
    if (status.kind === this.#status.kind) return;
    this.#status = status;
    this.#onStatus(status);
  }
}

/** The browser's own sockets, clock and timers. */
export function browserWorld(address: (since: string) => string): StreamWorld {
  return {
    connect: (since) => new WebSocket(address(since)) as unknown as Socket,
    nowMs: () => Date.now(),
    random: () => Math.random(),
    after(delayMs, callback) {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    },
  };
}
