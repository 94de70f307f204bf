//! What the editor asks of the browser itself. On the server each does nothing.

#[cfg(feature = "hydrate")]
pub(super) use here::*;
#[cfg(not(feature = "hydrate"))]
pub(super) use nowhere::*;

/// From here on a text is put in its place at once. Typed into a text area it would take browsers
/// seconds, line by line.
pub const LONG: usize = 4_000;

#[cfg(feature = "hydrate")]
mod here {
    use leptos::prelude::*;
    use wasm_bindgen::JsCast;
    use web_sys::{Event, HtmlDocument, HtmlElement, HtmlTextAreaElement};

    /// What is selected, in UTF-16 units.
    pub fn selection(area: &HtmlTextAreaElement) -> (usize, usize) {
        let unit = |at: Option<u32>| usize::try_from(at.unwrap_or_default()).unwrap_or_default();
        (unit(area.selection_start().ok().flatten()), unit(area.selection_end().ok().flatten()))
    }

    /// Where the cursor is, in UTF-16 units.
    pub fn caret(area: &HtmlTextAreaElement) -> usize {
        let at = area.selection_end().ok().flatten().unwrap_or_default();
        usize::try_from(at).unwrap_or_default()
    }

    /// Writes `text` in the place of a range, as if it were typed, so that undo takes it back; the
    /// cursor then stands `back` units before its end.
    pub fn write(area: &HtmlTextAreaElement, range: (usize, usize), text: &str, back: usize) {
        let unit = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let (start, end) = (unit(range.0), unit(range.1));
        let _ = area.set_selection_range(start, end);
        let page = document().dyn_into::<HtmlDocument>().ok();
        let page = page.filter(|_| text.len() < super::LONG);
        let typed = page.is_some_and(|page| {
            page.exec_command_with_show_ui_and_value("insertText", false, text).unwrap_or(false)
        });
        if !typed {
            let _ = area.set_range_text_with_start_and_end(text, start, end);
            if let Ok(event) = Event::new("input") {
                let _ = area.dispatch_event(&event);
            }
        }
        let at = unit(range.0 + text.encode_utf16().count() - back);
        let _ = area.set_selection_range(at, at);
    }

    /// The height of a line in pixels.
    pub fn line_height(area: &HtmlTextAreaElement) -> f64 {
        let style = window().get_computed_style(area).ok().flatten();
        let height = style.and_then(|style| style.get_property_value("line-height").ok());
        let pixels = height.and_then(|height| height.trim_end_matches("px").parse().ok());
        pixels.filter(|height| *height > 1.0).unwrap_or(20.0)
    }

    /// Moves what is painted to where the text area has scrolled; `first` is its first line.
    pub fn follow(area: &HtmlTextAreaElement, painted: &HtmlElement, first: usize, across: bool) {
        let down = first as f64 * line_height(area) - f64::from(area.scroll_top());
        let left = if across { -area.scroll_left() } else { 0 };
        let moved = format!("translate({left}px, {down}px)");
        let _ = painted.style().set_property("transform", &moved);
    }

    /// Paints lines, and of the same number of lines those alone that have changed.
    pub fn paint(painted: &HtmlElement, before: &[String], lines: &[String]) {
        if before.len() != lines.len() {
            let all = lines.iter().map(|line| format!("<div>{line}</div>")).collect::<String>();
            return painted.set_inner_html(&all);
        }
        let there = painted.children();
        for (at, line) in (0..).zip(lines) {
            if before[at as usize] != *line
                && let Some(element) = there.item(at)
            {
                element.set_inner_html(line);
            }
        }
    }

    /// Tells the style sheet where in the text a list of offers belongs.
    pub fn put_at(list: &HtmlElement, area: &HtmlTextAreaElement, row: usize, column: usize) {
        let style = list.style();
        for (name, value) in [
            ("--row", row.to_string()),
            ("--column", column.to_string()),
            ("--top", format!("{}px", area.scroll_top())),
            ("--left", format!("{}px", area.scroll_left())),
        ] {
            let _ = style.set_property(name, &value);
        }
    }

    /// Brings an element into sight inside of what scrolls around it.
    pub fn show(id: &str) {
        if let Some(found) = document().get_element_by_id(id) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            found.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }
}

#[cfg(not(feature = "hydrate"))]
mod nowhere {
    use leptos::web_sys::{HtmlElement, HtmlTextAreaElement};

    pub fn selection(_: &HtmlTextAreaElement) -> (usize, usize) {
        (0, 0)
    }

    pub fn caret(_: &HtmlTextAreaElement) -> usize {
        0
    }

    pub fn write(_: &HtmlTextAreaElement, _: (usize, usize), _: &str, _: usize) {}

    pub fn line_height(_: &HtmlTextAreaElement) -> f64 {
        20.0
    }

    pub fn follow(_: &HtmlTextAreaElement, _: &HtmlElement, _: usize, _: bool) {}

    pub fn paint(_: &HtmlElement, _: &[String], _: &[String]) {}

    pub fn put_at(_: &HtmlElement, _: &HtmlTextAreaElement, _: usize, _: usize) {}

    pub fn show(_: &str) {}
}
