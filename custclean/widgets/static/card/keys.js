// ---- keys -----------------------------------------------------------------------------------

const MOVES = { ArrowUp: "previous", ArrowDown: "next", ArrowLeft: "left", ArrowRight: "right" };
const PAGES = { PageUp: -1, PageDown: 1 };
const MOVING = new Set(["previous", "next", "left", "right"]);

// `does`: {act(name), digit(key), scroll(by), leave(event): out of a field, rebound(action, key)}.
function keyboard(parts, does) {
  const held = new Set(); // keys that are down: each decides once
  let keys = {}, byKey = new Map(), rebinding = null; // {name, calm} of a key that is chosen anew

  function learn(given) {
    keys = given;
    byKey = new Map(Object.entries(keys).map(([name, key]) => [key, name]));
    for (const mark of parts.root.querySelectorAll("[data-key]")) put(mark, shown(keys[mark.dataset.key]));
    parts.note.placeholder = `${shown(keys.note)}: ${parts.note.getAttribute("aria-label")}`;
  }

  // A key means the same with and without Shift, but where both were given a meaning.
  const actionOf = ({ key }) => MOVES[key] ?? byKey.get(key) ?? byKey.get(key.toLowerCase());

  function pressed(event) {
    if (!parts.root.contains(event.target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return; // JupyterLab's: Ctrl+S saves
    event.stopPropagation(); // M, B, X, D D ... must not reach the notebook
    if (rebinding) {
      chosen(event);
      return;
    }
    if (event.target.closest("input, select, textarea")) {
      typed(event);
      return;
    }
    if (event.target.closest(".cc-scroll") && ["ArrowUp", "ArrowDown", " "].includes(event.key)) return;
    const onButton = event.target.closest("button, summary") !== null;
    if (onButton && (event.key === "Enter" || event.key === " ")) {
      if (event.repeat) event.preventDefault(); // a held key presses once
      return;
    }
    if (/^[0-9]$/.test(event.key)) {
      event.preventDefault();
      if (!event.repeat) does.digit(event.key);
      return;
    }
    if (event.key in PAGES && !event.target.closest(".cc-panel, .cc-side")) {
      if (does.scroll(PAGES[event.key])) event.preventDefault();
      return;
    }
    const name = actionOf(event);
    if (!name) return;
    event.preventDefault();
    if (!MOVING.has(name) && (event.repeat || held.has(event.code))) return; // decides once
    held.add(event.code);
    does.act(name);
  }

  // In a field keys only write; these two lead out of it.
  function typed(event) {
    const leaves = event.key === "Escape" || (event.key === "Enter" && event.target === parts.note);
    if (!leaves || event.isComposing) return;
    event.preventDefault();
    does.leave(event);
  }

  function rebind(name, button, calm) {
    rest();
    button.focus();
    rebinding = { name, calm };
    button.addEventListener("focusout", rest, { once: true });
  }

  // The key that is pressed for an action; Shift, a dead key and the like are none yet.
  function chosen(event) {
    const { key } = event;
    if (key === "Tab") return; // leads on, and so ends it
    event.preventDefault();
    if (event.repeat || (key.length > 1 && key !== "Enter" && key !== "Escape")) return;
    const { name } = rebinding;
    rest();
    if (key !== "Escape" || name === "clear") does.rebound(name, key);
  }

  function rest() {
    rebinding?.calm();
    rebinding = null;
  }

  // Notebook 7 listens on the way down to the target, JupyterLab on the way up: be before both
  window.addEventListener("keydown", pressed, true);
  parts.root.addEventListener("keyup", (event) => held.delete(event.code));
  parts.root.addEventListener("focusout", (event) => {
    if (!parts.root.contains(event.relatedTarget)) held.clear();
  });
  return {
    learn, rebind, rest,
    keys: () => keys,
    end: () => window.removeEventListener("keydown", pressed, true),
  };
}
