/** What every part of the player is: an element that can show where the run stands. */

export interface View {
  readonly element: HTMLElement;
  /** Shows the run at a position: 0 is before the first step, k after step k. */
  show(position: number, tick?: number): void;
  /** The run has become another one of the same text, which grew or was changed; `show` comes after it. */
  grow?(): void;
  /** Shows which object is selected, by its number, or that none is. */
  select?(object: number | null): void;
}
