//! Every block in every state on one page, to look at while one changes the styles:
//! `cargo run -p berth-app --example gallery --no-default-features --features ssr > gallery.html`
//! in the repository's root, then open the file. Nothing moves in it: it is what the server says.

use berth_app::{error::FieldErrors, timestamp::Timestamp, ui::*};
use leptos::prelude::*;

const NOW: Timestamp = Timestamp::from_ms(1_795_233_600_000);
const ARN: &str = "arn:aws:ecs:eu-west-1:123456789012:task/shop/0f9de17a6465404e8b1b2356dc13c2f8";
const DOCUMENT: &str = r#"{
  "family": "web",
  "cpu": "256",
  "containerDefinitions": [
    { "name": "web", "image": "nginx:1.27", "essential": true, "memory": 512, "entryPoint": null }
  ]
}"#;

fn main() {
    let html = Owner::new().with(|| {
        provide_ui(NOW);
        provide_field_errors(RwSignal::new(errors()));
        page().to_html()
    });
    println!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'><title>Gallery</title><link rel=stylesheet href=style/main.css><body>{html}"
    );
}

fn errors() -> FieldErrors {
    let mut errors = FieldErrors::one("family", "Use letters, digits, hyphens and underscores.");
    errors.add("environment.1.value", "A value may have 512 characters at most.");
    errors
}

fn page() -> impl IntoView {
    let nav = [
        ("Clusters", IconName::Cluster, false),
        ("Services", IconName::Service, true),
        ("Tasks", IconName::Task, false),
        ("Task definitions", IconName::TaskDefinition, false),
        ("Status page", IconName::Status, false),
        ("Members", IconName::People, false),
        ("Audit", IconName::Audit, false),
    ];
    let nav = nav.map(|(label, icon, current)| NavItem {
        label: label.into(),
        href: "#".into(),
        icon,
        current: current.into(),
    });
    view! {
        <Frame
            home="#"
            nav=nav.to_vec()
            place="123456789012 · eu-west-1"
            live=|| view! { <LiveMark state=LiveState::Live { as_of: NOW.plus_ms(-4_000) }/> }
            member=|| view! { <Menu label="Member menu" text="Ada" icon=IconName::ChevronDown><MenuItem href="#">"Sessions"</MenuItem></Menu> }
            banner=|| view! { <p class="banner"><strong>"Sandbox."</strong>" Nothing here reaches AWS."</p> }
            foot=ThemeSwitch
        >
            <PageHead
                title="web"
                crumbs=vec![Crumb::new("Clusters", "#"), Crumb::new("shop", "#"), Crumb::new("Services", "#")]
                status=|| view! { <StatusMark tone=Tone::Busy label="Deploying"/> }
                facts=|| view! { <span>"web:42"</span><span>"Fargate"</span><span>"Created "<TimeAgo at=NOW.plus_ms(-86_400_000 * 12)/></span> }
            >
                <LinkButton href="#" icon=IconName::External>"CloudWatch"</LinkButton>
                <Button disabled_reason=Some("Your role may not change services.".to_owned()) icon=IconName::Scale>"Scale"</Button>
                <Button kind=ButtonKind::Primary icon=IconName::Refresh>"Deploy again"</Button>
            </PageHead>
            <Tabs items=tabs()/>
            <div class="stack">{table()} {details()} {states()} {buttons()} {form()} {lists()}</div>
        </Frame>
        <Toasts/>
        <Announcer/>
    }
}

fn tabs() -> Vec<TabItem> {
    let tab = |label: &str, count, current| TabItem {
        label: label.into(),
        href: "#".into(),
        current,
        count,
    };
    vec![
        tab("Overview", None, true),
        tab("Tasks", Some(4), false),
        tab("Events", Some(100), false),
        tab("Definition", None, false),
    ]
}

fn table() -> impl IntoView {
    let rows = [
        ("web", Tone::Good, "Steady", 4, 4, 0, 12),
        ("checkout-worker-with-a-rather-long-name", Tone::Busy, "Deploying", 3, 4, 1, 1),
        ("search", Tone::Bad, "Failing", 0, 2, 0, 40),
        ("reports", Tone::Idle, "Stopped", 0, 0, 0, 9_000),
        ("mail", Tone::Warn, "Unhealthy", 6, 5, 0, 300),
        ("legacy", Tone::Unknown, "Not read", 1, 1, 0, 90_000),
    ];
    let row = |(name, tone, state, running, desired, pending, minutes): (
        &'static str,
        Tone,
        &'static str,
        u32,
        u32,
        u32,
        i64,
    )| {
        view! {
            <tr class:row-changed=name == "search">
                <th scope="row"><a href="#">{name}</a></th>
                <td data-label="State"><StatusMark tone label=state/></td>
                <td data-label="Tasks"><CountBar running desired pending/></td>
                <td data-label="Definition"><a class="mono" href="#">{name.get(..3)}":42"</a></td>
                <td data-label="Deployed" class="numeric"><TimeAgo at=NOW.plus_ms(-60_000 * minutes)/></td>
                <td class="cell-actions">
                    <Menu label=format!("Actions for {name}")>
                        <MenuItem icon=IconName::Scale>"Scale…"</MenuItem>
                        <MenuItem icon=IconName::Refresh disabled_reason=Some("A deployment is going on.".to_owned())>"Deploy again"</MenuItem>
                        <MenuDivider/>
                        <MenuItem icon=IconName::Trash danger=true>"Delete…"</MenuItem>
                    </Menu>
                </td>
            </tr>
        }
    };
    view! {
        <section>
            <FilterBar action="#" text="" on_text=|_| () matched=6_usize total=42_usize noun=("service", "services") clear_href=Some("#".to_owned())>
                <FilterSelect name="state" label="State" options=vec![("".into(), "Any".into()), ("bad".into(), "Failing".into())] value="" on_change=|_| ()/>
            </FilterBar>
            <TableRegion label="Services">
                <thead><tr>
                    <SortHeader label="Name" href="#" direction=Some(SortDirection::Ascending)/>
                    <SortHeader label="State" href="#" direction=None/>
                    <th scope="col">"Tasks"</th>
                    <th scope="col">"Definition"</th>
                    <SortHeader label="Deployed" href="#" direction=None numeric=true/>
                    <th scope="col"><span class="visually-hidden">"Actions"</span></th>
                </tr></thead>
                <tbody>{rows.map(row).collect_view()}</tbody>
            </TableRegion>
            <Pager page=5_usize pages=20_usize href_for=|page| format!("#{page}")/>
        </section>
    }
}

fn details() -> impl IntoView {
    view! {
        <div class="split">
            <Card title="Task" actions=|| view! { <Button kind=ButtonKind::Quiet icon=IconName::Edit>"Edit"</Button> }>
                <KeyValues>
                    <KeyValue label="Task ARN"><CopyText text=ARN label="task ARN" short="0f9de17a6465404e8b1b"/></KeyValue>
                    <KeyValue label="Launch type">"Fargate 1.4.0"</KeyValue>
                    <KeyValue label="CPU and memory">"0.25 vCPU · 512 MiB"</KeyValue>
                    <KeyValue label="Running for"><Span from=NOW.plus_ms(-7_400_000)/></KeyValue>
                    <KeyValue label="Subnet"><CopyText text="subnet-0a1b2c3d" label="subnet"/></KeyValue>
                </KeyValues>
            </Card>
            <Card title="Events">
                <ul class="timeline">
                    <li data-tone="good"><TimeAgo at=NOW.plus_ms(-40_000)/><span class="timeline-words">"Reached a steady state."</span></li>
                    <li data-tone="bad"><TimeAgo at=NOW.plus_ms(-140_000)/><span class="timeline-words">"Was unable to place a task because no container instance met all of its requirements."</span></li>
                    <li><TimeAgo at=NOW.plus_ms(-9_000_000)/><span class="timeline-words">"Started 2 tasks."</span></li>
                </ul>
            </Card>
        </div>
        <CodeBlock text=DOCUMENT label="Task definition web:42"/>
    }
}

fn states() -> impl IntoView {
    view! {
        <div class="card-grid">
            <EmptyState icon=IconName::Service title="No services yet" body="A service keeps a number of tasks running.">
                <LinkButton href="#" kind=ButtonKind::Primary icon=IconName::Plus>"Create service"</LinkButton>
            </EmptyState>
            <NoMatch clear_href="#"/>
            <Skeleton rows=4/>
        </div>
        <TroublePanel title="The services can't be read" said="User is not authorized to perform: ecs:ListServices" next="Ask an administrator to grant ecs:ListServices to the console.">
            <Button icon=IconName::Refresh>"Try again"</Button>
        </TroublePanel>
        <div>
            {[Tone::Good, Tone::Busy, Tone::Warn, Tone::Bad, Tone::Idle, Tone::Unknown].map(|tone| view! {
                <Notice tone>"A remark in the tone "<strong>{tone.key()}</strong>", with "<a href="#">"a link"</a>"."</Notice>
            }).collect_view()}
        </div>
    }
}

fn buttons() -> impl IntoView {
    let marks = [
        LiveState::Connecting,
        LiveState::Live { as_of: NOW },
        LiveState::Reconnecting,
        LiveState::Stale { as_of: NOW.plus_ms(-180_000) },
    ];
    view! {
        <Card title="Buttons and marks">
            <div class="field-stack">
                <div class="cluster-row">
                    <Button kind=ButtonKind::Primary>"Save"</Button>
                    <Button>"Cancel"</Button>
                    <Button kind=ButtonKind::Danger icon=IconName::Trash>"Delete"</Button>
                    <Button kind=ButtonKind::Quiet icon=IconName::Plus>"Add"</Button>
                    <Button kind=ButtonKind::Primary busy=true>"Saving"</Button>
                    <Button disabled_reason=Some("No".to_owned())>"Not now"</Button>
                </div>
                <div class="cluster-row">{marks.map(|state| view! { <LiveMark state/> }).collect_view()}</div>
                <p class="diff"><del>"\"image\": \"nginx:1.26\""</del><ins>"\"image\": \"nginx:1.27\""</ins></p>
            </div>
        </Card>
    }
}

fn form() -> impl IntoView {
    let text = |text: &str| RwSignal::new(text.to_owned());
    let cards = vec![
        RadioCard::new("fargate", "Fargate", "AWS runs the machines."),
        RadioCard::new("ec2", "EC2", "Your own instances.")
            .disabled("The cluster has no instances."),
    ];
    let pairs =
        vec![("LOG_LEVEL".to_owned(), "info".to_owned()), ("TOKEN".to_owned(), "x".to_owned())];
    view! {
        <form class="form">
            <FormProblem error=Some(("Too many services.".to_owned(), "Ask AWS for a higher quota.".to_owned()))/>
            <FormSection title="Name and size" hint="What the service is called and how many tasks it keeps.">
                <TextField path="family" label="Family" value=text("we b") required=true hint="Up to 255 characters." mono=true/>
                <div class="field-row">
                    <NumberField path="cpu" label="CPU" value=text("256") unit="units" required=true/>
                    <NumberField path="memory" label="Memory" value=text("512") unit="MiB"/>
                    <SelectField path="system" label="System" options=vec![("l".into(), "Linux".into())] value=text("l") required=true/>
                </div>
                <RadioCards path="launch" legend="Where it runs" options=cards value=text("fargate")/>
                <CheckField path="exec" label="Allow commands inside tasks" value=RwSignal::new(true) hint="Needs a task role that may open channels."/>
            </FormSection>
            <FormSection title="Environment">
                <PairRows path="environment" legend="Variables" rows=RwSignal::new(pairs) add_label="Add variable"/>
                <ListRows path="subnets" legend="Subnets" item_label="Subnet" rows=RwSignal::new(vec!["subnet-0a1b2c3d".to_owned()]) add_label="Add subnet"/>
                <TextAreaField path="notes" label="Notes" value=text("</textarea><b>safe</b>")/>
            </FormSection>
            <FormActions>
                <Button kind=ButtonKind::Primary button_type="submit">"Create service"</Button>
                <LinkButton href="#" kind=ButtonKind::Quiet>"Cancel"</LinkButton>
            </FormActions>
        </form>
    }
}

fn lists() -> impl IntoView {
    let overall = |tone: Tone, said: &'static str| {
        view! { <div class="overall" data-tone=tone.key()><Icon name=tone.icon()/><div><h2>{said}</h2><p>"Checked 12 s ago"</p></div></div> }
    };
    view! {
        <div class="public-status">
            <header><Logo/><h1>"Shop status"</h1></header>
            {overall(Tone::Good, "Everything works")}
            <ul class="status-services">
                <li class="status-service">
                    <div class="status-service-words"><h3>"Web shop"</h3><p>"Running as it should."</p></div>
                    <div class="status-service-state"><StatusMark tone=Tone::Good label="Operational"/></div>
                </li>
                <li class="status-service">
                    <div class="status-service-words"><h3>"Checkout"</h3><p>"Running, but not all of it."</p></div>
                    <div class="status-service-state"><StatusMark tone=Tone::Warn label="Degraded"/></div>
                </li>
            </ul>
            <footer><span>"All times in UTC"</span></footer>
        </div>
        <div class="sign-in">
            <Logo/>
            <h1>"Sign in to Berth"</h1>
            <form class="sign-in-card">
                <LinkButton href="#" icon=IconName::Key>"Sign in with SSO"</LinkButton>
                <span class="sign-in-or">"or"</span>
                <TextField path="email" label="Email" value=RwSignal::new(String::new()) required=true/>
                <TextField path="password" label="Password" value=RwSignal::new(String::new()) required=true input_type="password"/>
                <Button kind=ButtonKind::Primary button_type="submit">"Sign in"</Button>
            </form>
        </div>
    }
}
