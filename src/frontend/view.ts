/** What every part of the player is: an element that can show where the run stands. */

export interface View {
  readonly element: HTMLElement;
  /** Shows the run at a position: 0 is before the first step, k after step k. */
  show(position: number, tick?: number): void;
  /** Shows which object is selected, by its number, or that none is. */
  select?(object: number | null): void;
}
