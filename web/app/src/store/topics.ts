// Topics: who wants to know of what.

/** What can change in the store. */
export type Topic =
  | 'district'
  | 'figures'
  | 'stream'
  | 'selection'
  | 'scope'
  | 'activity'
  | 'settings'
  | 'import'
  | 'map';

/** Tells listeners when a topic of theirs changed. */
export class Topics {
  readonly #listeners = new Map<Topic, Set<() => void>>();

  /** Listens to topics; what it returns ends that. */
  subscribe(topics: readonly Topic[], listener: () => void): () => void {
    for (const topic of topics) {
      let listeners = this.#listeners.get(topic);
      if (listeners === undefined) this.#listeners.set(topic, (listeners = new Set()));
      listeners.add(listener);
    }
    return () => {
      for (const topic of topics) this.#listeners.get(topic)?.delete(listener);
    };
  }

  /** Calls every listener of the topics, each once. */
  notify(...topics: Topic[]): void {
    const called = new Set<() => void>();
    for (const topic of topics) {
      for (const listener of this.#listeners.get(topic) ?? []) {
        if (called.has(listener)) continue;
        called.add(listener);
        listener();
      }
    }
  }
}
