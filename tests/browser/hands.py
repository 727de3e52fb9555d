"""How somebody works a page: with a mouse or a finger, each press counted; or by keyboard alone."""

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Hands:
    """Somebody's hands at a page; `presses` tells what they pressed so far, one by one."""

    def __init__(self, page, has_mouse=True):
        self.page = page
        self.presses = []
        self._has_mouse = has_mouse

    def press(self, role, name, nth=0):
        """Press a link or a button, and wait for the page that it leads to."""
        found = self.page.get_by_role(role, name=name, exact=True).nth(nth)
        self.presses.append(f"{role} “{name}”")
        before = self.page.evaluate("performance.timeOrigin")
        if self._has_mouse:
            found.click()
        else:
            found.focus()
            self.page.keyboard.press("Enter")
        self._wait_for_the_next_page(before)

    def tick(self, label, within="main", nth=0):
        """Tick a box or choose a button by its words."""
        box = self.page.locator(within).get_by_label(label, exact=True).nth(nth)
        self.presses.append(f"tick “{label}”")
        if self._has_mouse:
            self.page.locator(f"label[for='{box.get_attribute('id')}']").click()
        else:
            box.focus()
            self.page.keyboard.press("Space")
        assert box.is_checked()

    def press_key(self, found, key, told):
        """Bring something to the focus and press a key on it; no page need follow."""
        self.presses.append(told)
        found.focus()
        self.page.keyboard.press(key)

    def write_in(self, found, words):
        """Type into a field in place of what it holds; each field is an action."""
        self.presses.append(f"write “{words}”")
        found.focus()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(words)

    def choose_file(self, label, name, data):
        """Press the file button, and the file in the window of the machine: two presses."""
        field = self.page.get_by_label(label, exact=True)
        self.presses += [f"file button “{label}”", f"the file “{name}” in the machine's window"]
        with self.page.expect_file_chooser() as chooser:
            if self._has_mouse:
                field.click()
            else:
                field.focus()
                self.page.keyboard.press("Enter")
        chooser.value.set_files({"name": name, "mimeType": WORD, "buffer": data})

    def type(self, label, words):
        """Type words into a field, or the first letters of what a list offers."""
        field = self.field(label)
        if self._has_mouse and field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=words)
        elif self._has_mouse:
            field.fill(words)
        else:
            field.focus()
            self.page.keyboard.type(words)

    def add(self, label, words):
        """Type words as a paragraph below those that a long field holds already."""
        field = self.field(label)
        if self._has_mouse:
            field.fill(f"{field.input_value()}\n\n{words}")
        else:
            field.focus()
            self.page.keyboard.press("Control+End")
            self.page.keyboard.type(f"\n\n{words}")

    def field(self, label):
        """Return the control that has this label."""
        return self.page.get_by_label(label, exact=True).and_(
            self.page.locator("input, textarea, select")
        )

    def _wait_for_the_next_page(self, before):
        self.page.wait_for_function("before => performance.timeOrigin !== before", arg=before)
        self.page.wait_for_load_state()
