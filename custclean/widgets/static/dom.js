// What the widgets share; scripts.py joins it with the rest of each into one module. Values are
// placed as text, never as HTML.

const SVG = "http://www.w3.org/2000/svg";

function dressed(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, String(value));
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

const make = (tag, attributes = {}, ...children) =>
  dressed(document.createElement(tag), attributes, children);

const draw = (tag, attributes = {}, ...children) =>
  dressed(document.createElementNS(SVG, tag), attributes, children);

// What stands there already is left alone: each change makes the browser lay out the page again.
function put(node, text) {
  if (node.textContent !== String(text)) node.textContent = text;
}

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
