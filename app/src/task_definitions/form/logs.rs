//! Where a container's output goes.

use berth_definition::log_options::{LogOption, driver_excluded, log_options};
use berth_definition::templates::usual_log_options;
use leptos::prelude::*;
use serde_json::{Map, Value, json};

use super::lens::{Form, use_form};
use super::sections::SchemaRows;
use super::task::options;
use crate::task_definitions::choices::LogGroupField;
use crate::task_definitions::schema::{self, Owner};
use crate::task_definitions::start::api::starting_region;
use crate::ui::*;

/// The log configuration of the container at a path.
#[component]
pub fn Logs(container: Signal<String>) -> impl IntoView {
    let form = use_form();
    let at = move |member: &'static str| {
        Signal::derive(move || format!("{}.logConfiguration{member}", container.read()))
    };
    let driver = form.text(at(".logDriver"));
    let known = schema::member_of(Owner::Container, "logConfiguration.logDriver");
    let known = known.map_or(&[][..], |member| member.choices);
    let mut drivers = options(known);
    drivers.insert(0, (String::new(), "None".to_owned()));
    let refused = Memo::new(move |_| {
        form.document.with(|document| {
            let why = |(value, _): &(&str, &str)| {
                Some(((*value).to_owned(), driver_excluded(document, value)?))
            };
            known.iter().filter_map(why).collect::<Vec<_>>()
        })
    });
    let kind = Memo::new(move |_| driver.get());
    let choose = move |chosen: String| {
        if chosen == "awslogs" {
            tell_the_usual(form, container);
        }
    };
    view! {
        <SelectField path=at(".logDriver") label="Log driver" options=drivers refused value=driver on_choose=choose/>
        {move || {
            let kind = kind.get();
            (!kind.is_empty()).then(|| view! { <DriverOptions container driver=kind/> })
        }}
    }
}

/// Gives a driver that was just chosen the options that most containers give it.
fn tell_the_usual(form: Form, container: Signal<String>) {
    leptos::task::spawn_local(async move {
        let region = starting_region().await.unwrap_or_default();
        let Some(container) = container.try_get_untracked() else { return };
        form.document.update(|document| {
            if let Some(options) = usual_log_options(document, &container, &region) {
                document.set(&format!("{container}.logConfiguration.options"), options);
            }
        });
    });
}

/// What one driver is told.
#[component]
fn DriverOptions(container: Signal<String>, driver: String) -> impl IntoView {
    let form = use_form();
    let known = log_options(&driver);
    let path = Signal::derive(move || format!("{}.logConfiguration.options", container.read()));
    let field = move |option: &'static LogOption| view! { <OptionField path option/> };
    // The first ones are what the driver is nearly always told; the others fold.
    let first =
        known.iter().take_while(|option| option.required).count().clamp(3.min(known.len()), 3);
    let (usual, further) = known.split_at(first);
    let set = Memo::new(move |_| {
        form.document.with_value(&path.read(), |options| {
            further.iter().filter(|o| options.is_some_and(|all| all.get(o.name).is_some())).count()
        })
    });
    let more = free_rows(path, known);
    let summary = move || match set.get() {
        0 => "More options of this driver".to_owned(),
        count => format!("More options of this driver ({count} set)"),
    };
    view! {
        <div class="field-row">{usual.iter().map(field).collect_view()}</div>
        {(driver == "awslogs").then(|| view! { <UsualGroup container/> })}
        {(!further.is_empty()).then(|| view! {
            <details class="fold">
                <summary>{summary}</summary>
                <div class="field-row">{further.iter().map(field).collect_view()}</div>
            </details>
        })}
        <PairRows path legend="Other options" key_label="Option" rows=more add_label="Add option"/>
        <SchemaRows owner=Owner::Container base=container list="logConfiguration.secretOptions" new_item=json!({"name": "", "valueFrom": ""})/>
    }
}

#[component]
fn OptionField(path: Signal<String>, option: &'static LogOption) -> impl IntoView {
    let form = use_form();
    let at = Signal::derive(move || format!("{}.{}", path.read(), option.name));
    let value = form.text(at);
    let LogOption { label, about, example, choices, required, .. } = *option;
    if option.name == "awslogs-group" {
        return view! { <LogGroupField path=at value hint=about/> }.into_any();
    }
    if choices.is_empty() {
        return view! { <TextField path=at label value hint=about placeholder=example required mono=true/> }.into_any();
    }
    let mut options = vec![(String::new(), "As the driver has it".to_owned())];
    options.extend(choices.iter().map(|choice| ((*choice).to_owned(), (*choice).to_owned())));
    view! { <SelectField path=at label options value hint=about required/> }.into_any()
}

/// Names as everybody gives them, while there is no group.
#[component]
fn UsualGroup(container: Signal<String>) -> impl IntoView {
    let form = use_form();
    let usual = Memo::new(move |_| {
        form.document.with(|document| {
            let container = container.read();
            let (family, name) =
                (document.text_at("family"), document.text_at(&format!("{container}.name")));
            let options = format!("{container}.logConfiguration.options");
            let none = |option: &str| document.text_at(&format!("{options}.{option}")).is_empty();
            let prefix = none("awslogs-stream-prefix").then_some(name);
            let named = !family.is_empty() && prefix.as_deref() != Some("");
            (none("awslogs-group") && named).then(|| (format!("/ecs/{family}"), prefix))
        })
    });
    let fill = move |()| {
        let Some((group, prefix)) = usual.get_untracked() else { return };
        let options = format!("{}.logConfiguration.options", container.read_untracked());
        form.document.update(|document| {
            document.set(&format!("{options}.awslogs-group"), json!(group));
            if let Some(prefix) = prefix {
                document.set(&format!("{options}.awslogs-stream-prefix"), json!(prefix));
            }
        });
    };
    let words = |(group, prefix): (String, Option<String>)| match prefix {
        Some(prefix) => format!("Use the group {group} and the prefix {prefix}"),
        None => format!("Use the group {group}"),
    };
    move || {
        usual.get().map(|usual| {
            view! {
                <div><Button kind=ButtonKind::Quiet on_press=fill>{words(usual)}</Button></div>
            }
        })
    }
}

/// Options that have no field of their own, as rows.
fn free_rows(path: Signal<String>, known: &'static [LogOption]) -> RwSignal<Vec<(String, String)>> {
    let form = use_form();
    let here = form.memo(path, |options| options.cloned());
    let rows = RwSignal::new(free_of(here.read_untracked().as_ref(), known));
    Effect::new(move |_| {
        let shown = free_of(here.read().as_ref(), known);
        // Rows without a name are not in the document yet, and stay.
        let named = rows
            .read_untracked()
            .iter()
            .filter(|row| !row.0.is_empty())
            .cloned()
            .collect::<Vec<_>>();
        if named != shown {
            rows.set(shown);
        }
    });
    Effect::new(move |ran: Option<()>| {
        let own = rows.get();
        let path = path.get_untracked();
        let old = form.document.with_untracked(|document| document.get(&path).cloned());
        let named: Vec<_> = own.into_iter().filter(|row| !row.0.is_empty()).collect();
        if ran.is_some() && free_of(old.as_ref(), known) != named {
            let new = with_free(old.as_ref(), &named, known);
            form.document.update(|document| match new {
                Some(options) => document.set(&path, options),
                None => document.remove(&path),
            });
        }
    });
    rows
}

fn is_known(name: &str, known: &[LogOption]) -> bool {
    known.iter().any(|option| option.name == name)
}

fn free_of(options: Option<&Value>, known: &[LogOption]) -> Vec<(String, String)> {
    let options = options.and_then(Value::as_object).into_iter().flatten();
    let free = options.filter(|(name, _)| !is_known(name, known));
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    free.map(|(name, value)| (name.clone(), text(value))).collect()
}

/// The options with these free ones in the places of the old ones, and the further ones after them.
fn with_free(old: Option<&Value>, rows: &[(String, String)], known: &[LogOption]) -> Option<Value> {
    let mut rows = rows.iter();
    let mut options = Map::new();
    for (name, value) in old.and_then(Value::as_object).into_iter().flatten() {
        if is_known(name, known) {
            options.insert(name.clone(), value.clone());
        } else if let Some((own, text)) = rows.next() {
            let same = own == name
                && free_of(Some(&json!({name: value})), &[]).iter().all(|row| row.1 == *text);
            options.insert(own.clone(), if same { value.clone() } else { json!(text) });
        }
    }
    options.extend(rows.map(|(name, text)| (name.clone(), json!(text))));
    (!options.is_empty()).then_some(Value::Object(options))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_with_fields_of_their_own_stay_where_they_are() {
        let known = log_options("awslogs");
        let old = json!({"x": 1, "awslogs-group": "g", "y": "2"});
        let rows = |rows: &[(&str, &str)]| -> Vec<(String, String)> {
            rows.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
        };
        assert_eq!(free_of(Some(&old), known), rows(&[("x", "1"), ("y", "2")]));
        for (free, wanted) in [
            (rows(&[("x", "1"), ("y", "3")]), r#"{"x":1,"awslogs-group":"g","y":"3"}"#),
            (
                rows(&[("z", "1"), ("y", "2"), ("w", "4")]),
                r#"{"z":"1","awslogs-group":"g","y":"2","w":"4"}"#,
            ),
            (rows(&[]), r#"{"awslogs-group":"g"}"#),
        ] {
            let new = with_free(Some(&old), &free, known);
            assert_eq!(new.map(|new| new.to_string()).as_deref(), Some(wanted));
        }
        assert_eq!(with_free(Some(&json!({"x": "1"})), &[], known), None);
    }
}
