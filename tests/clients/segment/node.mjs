// One of each call, and many of one, through Segment's own client for Node.
//   node node.mjs HOST WRITE_KEY [TRACKS]
import { Analytics } from "@segment/analytics-node";

const [host, writeKey, tracks = "0"] = process.argv.slice(2);
const analytics = new Analytics({ writeKey, host, flushAt: 100, maxRetries: 5 });
let failed = 0;
const done = (error) => { if (error) { failed++; console.error(String(error)); } };

// A person takes time between two calls; what happens in one instant has no order.
const start = Date.now() - 60_000;
const at = (seconds) => new Date(start + seconds * 1000);

const userId = "ada";
const anonymousId = "device-1";
const context = { page: { url: "https://shop.test/shoes", title: "Shoes" }, locale: "fr-DZ" };
analytics.page({ anonymousId, name: "Shoes", context, timestamp: at(0) }, done);
analytics.identify({
  userId, anonymousId, timestamp: at(1),
  traits: { email: "ada@shop.test", firstName: "Ada", lastName: "L" },
}, done);
analytics.track({
  userId, anonymousId, event: "Checkout Started", timestamp: at(2),
  properties: { order_id: "o1", currency: "EUR", value: 49.95,
    products: [
      { product_id: "p1", name: "Shoe", price: 39.95, quantity: 1 },
      { product_id: "p2", name: "Sock", price: 5, quantity: 2 },
    ] },
}, done);
analytics.track({
  userId, anonymousId, event: "Order Completed", timestamp: at(3),
  properties: { order_id: "o1" },
}, done);
analytics.screen({ userId, name: "Thanks", timestamp: at(4) }, done);
analytics.group({ userId, groupId: "g1", traits: { name: "Guild" }, timestamp: at(5) }, done);
analytics.alias({ userId, previousId: "ada-before", timestamp: at(6) }, done);
for (let i = 0; i < Number(tracks); i++)
  analytics.track({ userId, event: "Counted", properties: { i } }, done);

await analytics.closeAndFlush();
process.exitCode = failed ? 1 : 0;
