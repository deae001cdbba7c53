/**
 * What Python sends, and how it is unpacked: one run as deflated JSON.
 * Nothing here touches the page.
 */

/** An item's new look: item, word, and its text unless that is empty. */
export type LookChange = [item: number, word: number, text?: string];

export interface Moment {
  /** Changes against the moment before. */
  c: LookChange[];
  /** Items that the step touched. */
  h: number[];
}

/** Object, count, held by, pointed to by, state. */
export type LedgerRow = [object: number, count: string, held: string, pointed: string, state: string];

export interface Step {
  line: number;
  end: number;
  depth: number;
  function: string;
  text: string;
  says: string;
  undefined: string | null;
  /** c: a count changed, d: something was destroyed. */
  marks: string;
  rows: LedgerRow[];
  /** The libssl functions the step called; payloads of the first players do not say. */
  calls?: string[];
  /** What happened inside, in order, each with the object it is about (-1: none). */
  events?: [text: string, object: number][];
}

export interface Consequence {
  step: number;
  what: string;
}

export interface Finding {
  kind: string;
  object: string;
  wrong_step: number | null;
  shows_step: number | null;
  wrong_line: number | null;
  message: string;
  fix: string;
  consequences: Consequence[];
}

/** A change of one line, as Python reads it. */
export interface Edit {
  action: "delete" | "replace" | "insert before" | "insert after";
  line: number;
  code: string;
}

/** Another run in step with the one it is given with. */
export interface Beside {
  names: [left: string, right: string];
  right: Run;
  /** The positions of both, moment by moment. */
  beats: [left: number, right: number][];
  /** The beat after which the two first disagree about an object, and how. */
  first: number | null;
  differs: string;
  /** The lines that only one of the texts has. */
  lines: [left: number[], right: number[]];
  /** What made the right text from the left one. */
  edit: Edit | null;
}

export interface Run {
  schema: number;
  library: string;
  /** The libraries the text can be run on; earlier payloads do not say. */
  libraries?: string[];
  title: string;
  source: string[];
  svg: string;
  items: string[];
  words: string[];
  /** Moment 0 is before the first step, moment k after step k. */
  moments: Moment[];
  steps: Step[];
  objects: string[];
  /** Boxes that stand for several objects: the item, and the objects' numbers. */
  folds?: [item: number, objects: number[]][];
  /** How many boxes there would be if none stood for several. */
  boxes?: number;
  /** Who came (1) and who went (-1), in the order of the steps. */
  log?: [object: number, step: number, sign: number, holder: string][];
  /** For each function used: what the manual says of references, and what goes on inside. */
  calls?: Record<string, [contract: string, inside: string]>;
  findings: Finding[];
  beside?: Beside;
  /** Line 0 is the run as a whole. */
  notes: { line: number; text: string }[];
  cut: string | null;
  empty: string | null;
  error: { message: string } | null;
}

/** A payload that cannot be shown; the message says what to do about it. */
export class Unreadable extends Error {}

const SCHEMA = 1;
const BRACE = 0x7b;
const LISTS = ["source", "items", "words", "moments", "steps", "objects", "findings", "notes"] as const;

/** What stands in `raw`, or undefined while nothing has been sent yet. */
export async function unpacked(raw: unknown): Promise<unknown> {
  const bytes = bytesOf(raw);
  if (bytes.length === 0) return undefined;
  try {
    // What is short comes as it is; deflated data never begins so.
    const text = bytes[0] === BRACE ? new TextDecoder().decode(bytes) : await inflate(bytes);
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new Unreadable(`This run's data cannot be read (${String(error)}). Run the cell again.`);
  }
}

function bytesOf(raw: unknown): Uint8Array<ArrayBuffer> {
  // By its tag, not by instanceof: the buffer may come from another frame.
  if (Object.prototype.toString.call(raw) === "[object ArrayBuffer]") return new Uint8Array(raw as ArrayBuffer);
  if (!ArrayBuffer.isView(raw)) return new Uint8Array();
  return new Uint8Array(raw.buffer as ArrayBuffer, raw.byteOffset, raw.byteLength);
}

export async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const { readable, writable } = new DecompressionStream("deflate");
  // Not out of a Blob: a browser keeps those in another process, and asks it.
  const writer = writable.getWriter();
  const ends = [writer.write(bytes), writer.close()].map((end) => end.catch(() => undefined)); // the reader tells
  const text = await new Response(readable).text();
  await Promise.all(ends);
  return text;
}

/** The value as a run, if it is one. */
export function checked(value: unknown): Run {
  const run = (value ?? {}) as Run;
  if (typeof run.schema === "number" && run.schema > SCHEMA) {
    throw new Unreadable(
      `This run was recorded by a newer sslrefs (its schema is ${run.schema}, this player knows ${SCHEMA}). ` +
        "Update sslrefs and run the cell again.",
    );
  }
  const missing = LISTS.filter((name) => !Array.isArray(run[name]));
  if (run.schema !== SCHEMA || missing.length) {
    throw new Unreadable("This run's data is not what the player expects. Run the cell again.");
  }
  if (!run.error && !run.empty && run.moments.length !== run.steps.length + 1) {
    throw new Unreadable("This run's data is incomplete: some steps have no picture. Run the cell again.");
  }
  if (run.beside) checked(run.beside.right);
  return run;
}
