// A client in JavaScript: prints what the endpoint at the URL given answers, as JSON.
const endpoint = process.argv[2];
const query = "SELECT ?slug { ?a <https://w3id.org/pactgraph/ontology#slug> ?slug } ORDER BY ?slug";
const read = async (answer) => {
  if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
  return (await answer.json()).results.bindings.map((row) => row.slug.value);
};
const headers = { accept: "application/sparql-results+json" };
const got = await fetch(`${endpoint}?${new URLSearchParams({ query })}`, { headers });
const posted = await fetch(endpoint, { method: "POST", body: new URLSearchParams({ query }), headers });
const direct = await fetch(endpoint, {
  method: "POST",
  body: query,
  headers: { ...headers, "content-type": "application/sparql-query" },
});
const wrong = await fetch(`${endpoint}?query=SELECT`);
const answers = [await read(got), await read(posted), await read(direct)];
console.log(JSON.stringify({ answers, wrong: wrong.status }));
