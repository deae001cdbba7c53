/** The part of anywidget's model that the player uses. */

export interface Model {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  save_changes(): void;
  send(content: unknown): void;
  on(event: string, heard: (content?: unknown, buffers?: unknown[]) => void): void;
  off(event: string, heard: (content?: unknown, buffers?: unknown[]) => void): void;
}
