// A page of a site that uses Segment's own client for browsers.
//   ?host=HOST:PORT&key=WRITE_KEY[&settings-only][&batch=SIZE]
import { AnalyticsBrowser } from "@segment/analytics-next";

const asked = new URLSearchParams(location.search);
const host = asked.get("host");
const segment = { apiHost: `${host}/v1`, protocol: "http" };
if (asked.has("batch")) {
  segment.deliveryStrategy = {
    strategy: "batching",
    config: { size: Number(asked.get("batch")), timeout: 600_000 },
  };
}

globalThis.analytics = AnalyticsBrowser.load(
  { writeKey: asked.get("key"), cdnURL: `http://${host}` },
  asked.has("settings-only") ? {} : { integrations: { "Segment.io": segment } },
);
