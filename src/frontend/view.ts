/** What every part of the player is: an element that can show a position. */

export interface View {
  readonly element: HTMLElement;
  /** Shows the run at a position: 0 is before the first step, k after step k. */
  show(position: number): void;
}
