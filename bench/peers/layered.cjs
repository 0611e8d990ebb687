// Lays one family out with ELK or dagre: a request on standard input, positions on standard output.
// People are boxes 60 wide with 40 between; a union is a small node below its partners.
const path = require("node:path");
const modules = process.argv[2];
const WIDE = 60, HIGH = 40, GAP = 40, UNION = 6;

async function elk(request, rows) {
  const ELK = require(path.join(modules, "elkjs/lib/elk.bundled.js"));
  const node = (id, width, height, row) => ({
    id, width, height,
    layoutOptions: rows ? { "elk.partitioning.partition": String(row) } : {},
  });
  const graph = {
    id: "family",
    layoutOptions: {
      "elk.algorithm": "layered",
      "elk.direction": "DOWN",
      "elk.spacing.nodeNode": String(GAP),
      "elk.layered.spacing.nodeNodeBetweenLayers": "30",
      "elk.partitioning.activate": String(rows),
    },
    children: [
      ...request.people.map(([, row], n) => node("p" + n, WIDE, HIGH, 2 * row)),
      ...request.unions.map(([, , row], n) => node("u" + n, UNION, UNION, 2 * row + 1)),
    ],
    edges: edges(request).map(([from, to], n) => ({ id: "e" + n, sources: [from], targets: [to] })),
  };
  const engine = new ELK();
  const took = timed();
  const done = await engine.layout(graph);
  const times = took();
  const at = new Map(done.children.map((c) => [c.id, [c.x + c.width / 2, c.y + c.height / 2]]));
  return { at, ...times };
}

function dagre(request) {
  const layered = require(path.join(modules, "@dagrejs/dagre"));
  const graph = new layered.graphlib.Graph();
  graph.setGraph({ rankdir: "TB", nodesep: GAP, ranksep: 30 });
  graph.setDefaultEdgeLabel(() => ({}));
  request.people.forEach((_, n) => graph.setNode("p" + n, { width: WIDE, height: HIGH }));
  request.unions.forEach((_, n) => graph.setNode("u" + n, { width: UNION, height: UNION }));
  edges(request).forEach(([from, to]) => graph.setEdge(from, to));
  const took = timed();
  layered.layout(graph);
  const times = took();
  const at = new Map(graph.nodes().map((n) => [n, [graph.node(n).x, graph.node(n).y]]));
  return { at, ...times };
}

function timed() {
  const started = process.hrtime.bigint(), before = process.cpuUsage();
  return () => {
    const used = process.cpuUsage(before);
    const seconds = Number(process.hrtime.bigint() - started) / 1e9;
    return { seconds, cpu: (used.user + used.system) / 1e6 };
  };
}

function edges(request) {
  const named = new Map(request.people.map(([id], n) => [id, "p" + n]));
  return request.unions.flatMap(([partners, children], n) => [
    ...partners.map((one) => [named.get(one), "u" + n]),
    ...children.map((child) => ["u" + n, named.get(child)]),
  ]);
}

async function main() {
  let text = "";
  for await (const chunk of process.stdin) text += chunk;
  const request = JSON.parse(text);
  const { at, seconds, cpu } =
    request.tool === "dagre" ? dagre(request) : await elk(request, request.tool === "elk-rows");
  const points = Object.fromEntries(request.people.map(([id], n) => [id, at.get("p" + n)]));
  process.stdout.write(JSON.stringify({ points, seconds, cpu, least_distance: WIDE + GAP }));
}

main();
