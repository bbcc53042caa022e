"""Somebody who works with the keyboard alone: what they press, what they read, and the time that it takes them."""

from dataclasses import dataclass

from playwright.sync_api import Page as Tab

SECONDS_A_KEY = 0.1
SECONDS_A_PAGE = 2.0
MOST_STOPS = 40
FOCUS = """() => {
  document.getAnimations().forEach((one) => one.finish());
  const at = document.activeElement;
  const style = getComputedStyle(at);
  const box = at.getBoundingClientRect();
  const middle = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  return {
    name: at.getAttribute("name") || "",
    text: (at.innerText || at.getAttribute("aria-label") || "").trim(),
    is_page: at === document.body,
    is_marked: ringed || style.boxShadow !== "none" || at.type === "date",  // whose parts the browser itself marks
    is_seen: box.width > 0 && box.top >= 0 && box.top < innerHeight && middle !== null
      && (at.contains(middle) || middle.contains(at)),
  };
}"""


@dataclass
class Typist:
    """One person before one tab. Every stop of the keyboard must be marked, and in sight."""

    tab: Tab
    seconds: float = 0.0

    def open(self, address: str) -> None:
        """Follow a link from elsewhere."""
        self.tab.goto(address)
        self.seconds += SECONDS_A_KEY + SECONDS_A_PAGE

    def write(self, text: str) -> None:
        """Type a text where the focus is."""
        self.tab.keyboard.type(text)
        self.seconds += SECONDS_A_KEY * len(text)

    def press(self, key: str) -> None:
        """Press one key."""
        self.tab.keyboard.press(key)
        self.seconds += SECONDS_A_KEY

    def send(self) -> None:
        """Press Enter where it leads to another page, and read that page."""
        with self.tab.expect_navigation(wait_until="load"):
            self.press("Enter")
        self.seconds += SECONDS_A_PAGE

    def go_to(self, wanted: str) -> None:
        """Press Tab until something of that name, or with those words, has the focus."""
        for _ in range(MOST_STOPS):
            self.press("Tab")
            stop = self.tab.evaluate(FOCUS)
            assert not stop["is_page"], f"the focus got lost on the way to {wanted}"
            assert stop["is_marked"], f"the focus cannot be seen on {stop['text'] or stop['name']}"
            assert stop["is_seen"], f"{stop['text'] or stop['name']} has the focus and is out of sight"
            if wanted in {stop["name"], stop["text"]}:
                return
        raise AssertionError(f"{wanted} is not reached in {MOST_STOPS} stops")
