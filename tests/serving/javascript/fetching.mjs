// The client fetch-sparql-endpoint: prints what the endpoint at the URL given answers, as JSON.
import { SparqlEndpointFetcher } from "fetch-sparql-endpoint";

const endpoint = process.argv[2];
const pg = "https://w3id.org/pactgraph/ontology#";
const query = `SELECT ?slug { ?a <${pg}slug> ?slug } ORDER BY ?slug`;

const all = async (stream) => {
  const found = [];
  for await (const one of stream) found.push(one);
  return found;
};

const answers = [];
for (const method of ["GET", "POST"]) {
  const fetcher = new SparqlEndpointFetcher({ method });
  const rows = await all(await fetcher.fetchBindings(endpoint, query));
  answers.push(rows.map((row) => row.slug.value));
}
const fetcher = new SparqlEndpointFetcher();
const truth = await fetcher.fetchAsk(endpoint, `ASK { ?a a <${pg}Agreement> }`);
const triples = await all(await fetcher.fetchTriples(endpoint, `CONSTRUCT WHERE { ?a <${pg}slug> ?slug }`));
let refusal = "";
try {
  await fetcher.fetchBindings(endpoint, "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }");
} catch (error) {
  refusal = error.message;
}
console.log(JSON.stringify({ answers, truth, triples: triples.length, refusal }));
