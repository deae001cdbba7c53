/** Keeps the keys of a panel from the notebook: its widgets are not ours and do not say so themselves. */

import { QUIET } from "./dom";

const FOCUSABLE = "button, input, select, textarea, a, [tabindex]";

function render({ el }: { el: HTMLElement }): () => void {
  let watch: MutationObserver | undefined;
  const quiet = (panel: Element): void => {
    for (const part of panel.querySelectorAll(FOCUSABLE)) for (const [name, value] of Object.entries(QUIET)) part.setAttribute(name, value);
  };
  // The view is put into its panel after it is rendered.
  const began = requestAnimationFrame(() => {
    const panel = el.closest(".sslrefs-bench");
    if (!panel) return;
    quiet(panel);
    watch = new MutationObserver(() => quiet(panel));
    watch.observe(panel, { childList: true, subtree: true });
  });
  el.hidden = true;
  return () => {
    cancelAnimationFrame(began);
    watch?.disconnect();
  };
}

export default { render };
