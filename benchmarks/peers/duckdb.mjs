// Answers each line of SQL with the milliseconds it took and its first row.
import { createInterface } from "node:readline";
import { DuckDBInstance } from "@duckdb/node-api";

const connection = await (await DuckDBInstance.create(":memory:")).connect();
for await (const sql of createInterface({ input: process.stdin })) {
  const started = performance.now();
  const rows = (await connection.runAndReadAll(sql)).getRows();
  const took = performance.now() - started;
  console.log(`${took.toFixed(3)} ${(rows[0] ?? []).join(" ")}`);
}
