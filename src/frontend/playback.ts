/** Playing by itself: a step every moment, until the end or until someone takes over. */

const PACE = 1500; // ms for a step at speed 1: long enough to catch a sentence's gist

export interface Playback {
  toggle(): void;
  stop(): void;
  speed: number;
}

/** `advance` makes one step and returns whether there is another; `told` hears whether it plays. */
export function playback(advance: () => boolean, told: (isPlaying: boolean) => void): Playback {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = (): void => {
    if (timer === undefined) return; // every step by hand comes here
    clearTimeout(timer);
    timer = undefined;
    told(false);
  };
  const tick = (): void => {
    if (advance()) timer = setTimeout(tick, PACE / self.speed);
    else stop();
  };
  const toggle = (): void => {
    if (timer !== undefined) return stop();
    told(true);
    timer = setTimeout(tick, 0);
  };
  const self: Playback = { toggle, stop, speed: 1 };
  return self;
}
