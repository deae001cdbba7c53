/** The second line of controls, shown on demand: finer steps, predictions, depth, views, files. */

import { button, h, QUIET } from "./dom";
import type { Asking } from "./questions";
import { type Controls, numberField } from "./transport";
import type { Level } from "./why";

export interface Settings {
  ask(how: Asking): void;
  explain(level: Level): void;
  pace(speed: number): void;
  enlarge(isLarge: boolean): void;
  strip(isShown: boolean): void;
  table(isShown: boolean): void;
  /** The type is large already: the run before was shown so. */
  readonly isLarge: boolean;
}

export interface Options {
  readonly element: HTMLElement;
  /** The choices as a key changes them. */
  readonly predict: HTMLSelectElement;
  readonly table: HTMLInputElement;
  readonly strip: HTMLInputElement;
}

const ASKING: [Asking, string][] = [
  ["off", "off"],
  ["marked", "at marked steps"],
  ["always", "always"],
];
const LEVELS: [Level, string][] = [
  ["plain", "in plain words"],
  ["manual", "by the manual"],
  ["inside", "inside libssl"],
];
const SPEEDS: [string, string][] = [
  ["0.5", "half"],
  ["1", "normal"],
  ["2", "double"],
  ["4", "fourfold"],
];

export function optionsView(controls: Controls, settings: Settings, save: HTMLElement, forks: boolean): Options {
  const stop = numberField("Line of a stop", controls.stop, () => "");
  const predict = askChoice(settings.ask);
  const strip = check("Film strip", settings.strip);
  const table = check("Arrows as a table", settings.table);
  const element = h(
    "div",
    { class: "options", role: "group", "aria-label": "More controls" },
    ...finerButtons(controls),
    h("label", {}, "Stop at line ", stop),
    button("Run to the next stop, or to the end (R)", "Run to stop", controls.toStop),
    ...(forks ? [button("Change a line and see both runs side by side (E)", "Change a line", controls.fork)] : []),
    predict.element,
    whyChoice(settings.explain),
    paceChoice(settings.pace),
    largeType(settings.isLarge, settings.enlarge),
    strip.element,
    table.element,
    save,
  );
  element.hidden = true;
  return { element, predict: predict.list, table: table.box, strip: strip.box };
}

/** Moves that have no room in the bar. */
export function finerButtons(controls: Controls): HTMLElement[] {
  return [
    button("One event back (Shift+Left)", "◂ event", controls.outward),
    button("One event on: slow motion inside a step (Shift+Right)", "event ▸", controls.inward),
    button("Previous finding (Shift+F)", "Previous finding", controls.previousFinding),
  ];
}

export function askChoice(ask: (how: Asking) => void): Choice {
  return choice("Predict", ASKING, ask);
}

export function whyChoice(explain: (level: Level) => void): HTMLElement {
  return choice("Why", LEVELS, explain).element;
}

export function paceChoice(pace: (speed: number) => void): HTMLElement {
  const { element, list } = choice("Speed", SPEEDS, (speed) => pace(Number(speed)));
  list.value = "1";
  return element;
}

export interface Choice {
  readonly element: HTMLElement;
  readonly list: HTMLSelectElement;
}

function choice<Value extends string>(name: string, values: [Value, string][], chosen: (value: Value) => void): Choice {
  const list = h("select", { "aria-label": name, ...QUIET }, ...values.map(([value, words]) => h("option", { value }, words)));
  list.addEventListener("change", () => chosen(list.value as Value));
  return { element: h("label", {}, `${name} `, list), list };
}

export function largeType(isLarge: boolean, enlarge: (isLarge: boolean) => void): HTMLElement {
  const { element, box } = check("Large type", enlarge);
  box.checked = isLarge;
  return element;
}

function check(name: string, changed: (isOn: boolean) => void): { element: HTMLElement; box: HTMLInputElement } {
  const box = h("input", { type: "checkbox", ...QUIET });
  box.addEventListener("change", () => changed(box.checked));
  return { element: h("label", {}, box, ` ${name}`), box };
}
