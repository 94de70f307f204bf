//! Where the boxes and arrows of the graph stand, on a paper of its own units. The containers that
//! start first stand on the left.

use super::graph::Graph;

/// The size of a box.
const WIDTH: i32 = 168;
const HEIGHT: i32 = 48;
/// The room between columns, where conditions are written, and between rows.
const BETWEEN_COLUMNS: i32 = 112;
const BETWEEN_ROWS: i32 = 28;
/// The room around everything.
const MARGIN: i32 = 12;
/// How far down an arrow goes that runs against the order.
const DIP: i32 = 34;

/// One container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Its place in the document.
    pub node: usize,
    /// Its left edge.
    pub x: i32,
    /// Its upper edge.
    pub y: i32,
}

/// One wait: from the container that is waited for to the one that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// Its place among the edges of the graph.
    pub edge: usize,
    /// Its line, as the `d` of a path.
    pub line: String,
    /// Where its words stand: their middle.
    pub words_at: (i32, i32),
}

/// The whole picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The width of the paper.
    pub width: i32,
    /// The height of the paper.
    pub height: i32,
    /// The width of every box.
    pub box_width: i32,
    /// The height of every box.
    pub box_height: i32,
    /// The containers.
    pub boxes: Vec<Spot>,
    /// The waits.
    pub arrows: Vec<Arrow>,
}

/// Draws a graph.
pub fn picture(graph: &Graph) -> Picture {
    let columns = columns(graph);
    let tallest = columns.iter().map(Vec::len).max().unwrap_or_default() as i32;
    let full = column_height(tallest);
    let mut boxes: Vec<Spot> =
        (0..graph.nodes.len()).map(|node| Spot { node, x: 0, y: 0 }).collect();
    for (column, nodes) in columns.iter().enumerate() {
        let top = MARGIN + (full - column_height(nodes.len() as i32)) / 2;
        for (row, node) in nodes.iter().enumerate() {
            boxes[*node].x = MARGIN + column as i32 * (WIDTH + BETWEEN_COLUMNS);
            boxes[*node].y = top + row as i32 * (HEIGHT + BETWEEN_ROWS);
        }
    }
    let arrows: Vec<Arrow> =
        (0..graph.edges.len()).map(|edge| arrow(graph, &boxes, edge)).collect();
    let against = graph.edges.iter().any(|edge| goes_back(graph, edge.from, edge.to));
    let count = columns.len().max(1) as i32;
    Picture {
        width: 2 * MARGIN + count * WIDTH + (count - 1) * BETWEEN_COLUMNS,
        height: 2 * MARGIN + full + if against { DIP + MARGIN } else { 0 },
        box_width: WIDTH,
        box_height: HEIGHT,
        boxes,
        arrows,
    }
}

fn column_height(rows: i32) -> i32 {
    rows * HEIGHT + (rows - 1).max(0) * BETWEEN_ROWS
}

/// Which containers stand in each column. In a column they stand in the order of what they wait
/// for, so that fewer arrows cross.
fn columns(graph: &Graph) -> Vec<Vec<usize>> {
    let count = graph.nodes.iter().map(|node| node.layer + 1).max().unwrap_or_default();
    let mut columns: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (at, node) in graph.nodes.iter().enumerate() {
        columns[node.layer].push(at);
    }
    let mut rows = vec![0_usize; graph.nodes.len()];
    for column in &mut columns {
        let weight = |node: &usize| {
            let before: Vec<usize> = graph
                .edges
                .iter()
                .filter(|edge| edge.from == *node && !goes_back(graph, edge.from, edge.to))
                .map(|edge| rows[edge.to])
                .collect();
            // In hundredths, so that it sorts without fractions.
            before.iter().sum::<usize>() * 100 / before.len().max(1)
        };
        column.sort_by_key(|node| (weight(node), *node));
        let placed: Vec<_> = column.iter().copied().enumerate().collect();
        for (row, node) in placed {
            rows[node] = row;
        }
    }
    columns
}

fn goes_back(graph: &Graph, waits: usize, waited_for: usize) -> bool {
    graph.nodes[waited_for].layer >= graph.nodes[waits].layer
}

fn arrow(graph: &Graph, boxes: &[Spot], at: usize) -> Arrow {
    let edge = &graph.edges[at];
    let (waited_for, waits) = (&boxes[edge.to], &boxes[edge.from]);
    if goes_back(graph, edge.from, edge.to) {
        // Below everything between them, back to the left.
        let (x1, y1) = (waited_for.x + WIDTH / 2, waited_for.y + HEIGHT);
        let (x2, y2) =
            (waits.x + WIDTH / 2 - if edge.from == edge.to { 40 } else { 0 }, waits.y + HEIGHT);
        let low = y1.max(y2) + DIP;
        return Arrow {
            edge: at,
            line: format!("M{x1} {y1}C{x1} {low} {x2} {low} {x2} {y2}"),
            words_at: ((x1 + x2) / 2, low - DIP / 4),
        };
    }
    let (x1, y1) = (waited_for.x + WIDTH, waited_for.y + HEIGHT / 2);
    let (x2, y2) = (waits.x, waits.y + HEIGHT / 2);
    let bend = BETWEEN_COLUMNS / 2;
    // Words stand in the room before the container that waits: a long arrow passes other boxes.
    Arrow {
        edge: at,
        line: format!("M{x1} {y1}C{} {y1} {} {y2} {x2} {y2}", x1 + bend, x2 - bend),
        words_at: (x2 - bend, if x2 - x1 > BETWEEN_COLUMNS { y2 - 6 } else { (y1 + y2) / 2 - 6 }),
    }
}
