"""JupyterLab's themes, and what axe-core finds in one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.browser.lab import LabPage

THEMES = ("JupyterLab Light", "JupyterLab Dark", "JupyterLab Dark High Contrast")
# JupyterLab's body is 0 px high and cuts off what is outside: axe takes all text for unseen
# and says nothing of its contrast, until the body is as high as what one sees.
_WEAR = """async theme => {
  document.body.style.height = "100vh";
  if (document.body.dataset.jpThemeName === theme) return;
  window.jupyterapp.commands.execute("apputils:change-theme", {theme});
  while (document.body.dataset.jpThemeName !== theme) {
    await new Promise(done => setTimeout(done, 50));
  }
  await new Promise(done => setTimeout(done, 300));  // its colours fade in
}"""


def violations(page: LabPage, theme: str, part: str) -> list[str]:
    """Give the rules of axe-core that a part of the page breaks in a theme, with the place."""
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415  # an optional extra

    page.tab.evaluate(_WEAR, theme)
    found = Axe().run(page.tab, context=part).response["violations"]
    return [
        f"{rule['id']}: {node['html'][:200]} {node.get('failureSummary', '')[:300]}"
        for rule in found
        for node in rule["nodes"]
    ]
